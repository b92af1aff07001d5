package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.DepositStep;
import org.wattmark.market.ListCredits;
import org.wattmark.market.Offering;
import org.wattmark.market.Purchase;
import org.wattmark.market.RejectDeposit;
import org.wattmark.market.RequestDeposit;
import org.wattmark.market.WithdrawListing;
import org.wattmark.market.Withdrawal;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.Project;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registration;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.registry.Verdict;
import org.wattmark.server.carboncred.Chain;
import org.wattmark.server.carboncred.HistoryImported;
import org.wattmark.server.carboncred.ImportHistory;
import org.wattmark.server.carboncred.ImportedHolding;
import org.wattmark.server.certification.Certification;
import org.wattmark.server.certification.CertifiedModel;
import org.wattmark.server.certification.CertifyModel;
import org.wattmark.server.certification.ModelWithdrawn;
import org.wattmark.server.certification.WithdrawModel;
import org.wattmark.server.market.Workflow;
import org.wattmark.server.organisations.AccessChanged;
import org.wattmark.server.organisations.ChangeAccess;
import org.wattmark.server.organisations.Effect;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.units.Bytes;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Acts one history out, with something of everything: readings honest, impossible, late and
/// unsigned; claims approved, refused and waiting; trades, deposits, retirements, and refusals.
final class Story {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Sequencer sequencer;
    private final Members members;
    private final Organisations organisations;
    private final int port;
    private final History.Past past;
    private final UUID cashier = UUID.randomUUID();
    private final UUID controller = UUID.randomUUID();
    private final Actor verifier = actor(UUID.randomUUID(), Actor.Role.VERIFIER);

    Story(
            Sequencer sequencer,
            Members members,
            Organisations organisations,
            int port,
            History.Past past) {
        this.sequencer = sequencer;
        this.members = members;
        this.organisations = organisations;
        this.port = port;
        this.past = past;
    }

    /// An organisation of some class, and its project if it has one.
    private record Party(UUID id, UnitClass unitClass, UUID project, String token) {

        AccountId account() {
            return SystemAccounts.holder(id, unitClass);
        }

        Actor proponent() {
            return actor(id, Actor.Role.PROPONENT);
        }
    }

    void play() {
        var solar = proponent("Simulated Solar", UnitClass.TEST);
        var roof = proponent("A Roof", UnitClass.LIVE);
        var one = new Panel(sequencer, solar.id(), AssuranceTier.T2, true);
        var two = new Panel(sequencer, roof.id(), AssuranceTier.T2, false);
        var three = new Panel(sequencer, roof.id(), AssuranceTier.T1, false);
        past.keep();
        one.sendDays(0, 4);
        one.sendNightGeneration(4);
        two.sendDays(0, 2);
        two.sendDays(3, 2);
        two.sendOverCapacity(5);
        two.sendExports(0);
        three.sendUnsigned(0);
        three.sendDays(1, 1);
        three.undo(three.importDay(2));
        three.importDay(2);
        three.registers(3);
        two.sendReplayWithOtherContent();
        past.keep();

        var test = issued(solar, approved(solar, one, 0, 2));
        issued(solar, approved(solar, one, 2, 2));
        var live = issued(roof, approved(roof, two, 0, 2));
        refuse(claimed(roof, two, 3, 1));
        claimed(roof, two, 2, 1);
        two.sendLate(2);
        claimed(roof, two, 3, 1);
        past.keep();

        var factory = buyer("A Factory", UnitClass.LIVE);
        history(factory);
        new PacketStory(members, this::token, this::post).play(solar.token());
        accessChanged(factory);
        var player = buyer("A Player", UnitClass.TEST);
        paid(factory, 5_000, "INV-1");
        paid(player, 900_00, "INV-2");
        rejected(factory, 70_00, "INV-3");
        requested(factory, 80_00, "INV-4");
        trade(roof, factory, live);
        var joint = proponent("A Street", UnitClass.TEST);
        new PoolStory(sequencer, (path, body) -> post(path, joint.token(), body))
                .play(
                        joint.proponent(),
                        joint.project(),
                        proponent("A House", UnitClass.TEST).id());
        new RewardStory(sequencer).play(roof.id(), factory.account());
        past.keep();
        new ReportedStory(sequencer, roof.id()).play();
        trade(solar, player, test);
        handles(solar, player, test);
        retire(factory, live, 5);
        retireAtOnce(player, test);
        new LifeStory(sequencer).play(solar.account(), player.account(), test);
        hours(solar);
        corrected(solar);
        certify();
        past.keep();
    }

    /// The last day comes when its claim has closed it.
    private void corrected(Party solar) {
        var panel = new Panel(sequencer, solar.id(), AssuranceTier.T2, true);
        panel.sendDays(0, 4);
        approved(solar, panel, 0, 5);
        panel.sendLate(4);
    }

    /// Of an hour's certificate some is retired; other hours wait for an operator.
    private void hours(Party solar) {
        var hourly = new Panel(sequencer, solar.id(), AssuranceTier.T2, true, Duration.ofHours(1));
        hourly.sendDays(0, 2);
        new HourStory(sequencer, solar.proponent(), solar.project(), solar.account()).play(hourly);
    }

    /// Two models of a maker, one of which is withdrawn.
    private void certify() {
        var withdrawn = certified("1.0");
        certified("1.1");
        var withdrawal = new ModelWithdrawn(withdrawn, "Its clock runs ahead", cashier);
        assertThat(sequencer.apply(new WithdrawModel(UUID.randomUUID(), withdrawal)))
                .isInstanceOf(Certification.Done.class);
    }

    private UUID certified(String firmware) {
        var model =
                new CertifiedModel(
                        UUID.randomUUID(),
                        "A Maker",
                        "A Meter",
                        firmware,
                        CertifiedModel.Protocol.SIGNED_BATCH,
                        Bytes.of(new byte[32]),
                        LocalDate.parse("2026-03-01"));
        assertThat(sequencer.apply(new CertifyModel(model, cashier)))
                .isInstanceOf(Certification.Done.class);
        return model.id();
    }

    /// An operator has looked at who the factory is.
    private void accessChanged(Party party) {
        var change =
                new AccessChanged(
                        AccessChanged.Kind.STANDING_SET,
                        party.id(),
                        UUID.randomUUID().toString(),
                        party.id().toString(),
                        "VERIFIED: papers seen");
        assertThat(sequencer.apply(new ChangeAccess(UUID.randomUUID(), change, Effect.NONE)))
                .isInstanceOf(ChangeAccess.Outcome.Changed.class);
    }

    /// What another system says that the factory had, with a break in its chain.
    private void history(Party owner) {
        var holdings =
                List.of(
                        holding(3, Optional.of(owner.id()), ImportedHolding.Status.HELD),
                        holding(4, Optional.empty(), ImportedHolding.Status.RETIRED));
        var page =
                new HistoryImported(
                        Bytes.of(new byte[32]), new Chain("ab", 9, 2, 1), 1, 1, holdings);
        assertThat(sequencer.apply(new ImportHistory(page)))
                .isInstanceOf(ImportHistory.Outcome.Recorded.class);
    }

    private static ImportedHolding holding(
            long row, Optional<UUID> owner, ImportedHolding.Status status) {
        return new ImportedHolding(row, UUID.randomUUID(), "7", "A Shop", owner, status);
    }

    private UUID organisation(String name, Role role, UnitClass unitClass) {
        var id = members.organisation(name, "GB", role);
        if (unitClass == UnitClass.TEST) {
            organisations.markAsTest(id);
        }
        return id;
    }

    private Party proponent(String name, UnitClass unitClass) {
        var id = organisation(name, Role.PROPONENT, unitClass);
        var token = token(members.addMachine(id, name, Set.of(Role.PROPONENT)));
        var project =
                new Project(
                        UUID.randomUUID(),
                        Organisation.uncontrolled(id),
                        "Roof of " + name,
                        "GBR",
                        "Europe/London",
                        SolarDisplacement.ID,
                        unitClass);
        var party = new Party(id, unitClass, project.id(), token);
        assertThat(sequencer.apply(new RegisterProject(party.proponent(), project)))
                .isInstanceOf(Registration.Registered.class);
        new Workflow(sequencer).validated(project.id(), project.proponent());
        return party;
    }

    private Party buyer(String name, UnitClass unitClass) {
        var id = organisation(name, Role.BUYER, unitClass);
        var party = new Party(id, unitClass, id, "");
        sequencer.apply(OpenAccounts.of(new Account(party.account(), Account.Kind.HOLDER)));
        return party;
    }

    private static Actor actor(UUID organisation, Actor.Role role) {
        return new Actor(UUID.randomUUID(), Organisation.uncontrolled(organisation), role);
    }

    /// Submits a claim over some days, which the server assesses.
    private ClaimId claimed(Party proponent, Panel panel, int day, int days) {
        var id = new ClaimId(UUID.randomUUID());
        var period = Panel.days(day, days);
        var answer =
                post(
                        "/api/v1/claims",
                        proponent.token(),
                        Map.of(
                                "id", id.value(),
                                "project", proponent.project(),
                                "devices", List.of(panel.id()),
                                "monitoring_period",
                                        Map.of(
                                                "start", period.start().toString(),
                                                "end", period.end().toString()),
                                "exclusivity_declared", true));
        assertThat(answer.at("/claim/state").asString())
                .isIn("APPROVED", "NEEDS_REVIEW", "REFUSED");
        return id;
    }

    private ClaimId approved(Party proponent, Panel panel, int day, int days) {
        var id = claimed(proponent, panel, day, days);
        var taking = new ActOnClaim(UUID.randomUUID(), verifier, id, ClaimAction.TAKE, "None.");
        if (sequencer.apply(taking) instanceof Verdict.Taken) { // else a policy has approved it
            assertThat(decide(id, true)).isInstanceOf(Verdict.Taken.class);
            new Workflow(sequencer).approve(id);
        }
        return id;
    }

    private void take(ClaimId id) {
        var step = new ActOnClaim(UUID.randomUUID(), verifier, id, ClaimAction.TAKE, "None.");
        assertThat(sequencer.apply(step)).isInstanceOf(Verdict.Taken.class);
    }

    private void refuse(ClaimId id) {
        take(id);
        assertThat(decide(id, false)).isInstanceOf(Verdict.Taken.class);
    }

    private Verdict decide(ClaimId id, boolean approve) {
        return sequencer.apply(new DecideClaim(UUID.randomUUID(), verifier, id, approve));
    }

    private CreditBlock issued(Party proponent, ClaimId claim) {
        var command = new IssueCredits(UUID.randomUUID(), proponent.proponent(), claim);
        return switch (sequencer.apply(command)) {
            case Issuance.Issued(var blocks, var _) -> blocks.getFirst();
            case Issuance.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private UUID requested(Party party, long cents, String reference) {
        var id = UUID.randomUUID();
        var command =
                new RequestDeposit(id, cashier, party.account(), Money.of(cents, "EUR"), reference);
        assertThat(sequencer.apply(command)).isInstanceOf(DepositStep.Taken.class);
        return id;
    }

    private void paid(Party party, long cents, String reference) {
        var id = requested(party, cents, reference);
        assertThat(sequencer.apply(new ApproveDeposit(UUID.randomUUID(), cashier, id)))
                .isInstanceOf(DepositStep.Denied.class);
        assertThat(sequencer.apply(new ApproveDeposit(UUID.randomUUID(), controller, id)))
                .isInstanceOf(DepositStep.Taken.class);
    }

    private void rejected(Party party, long cents, String reference) {
        var id = requested(party, cents, reference);
        assertThat(sequencer.apply(new RejectDeposit(UUID.randomUUID(), controller, id)))
                .isInstanceOf(DepositStep.Taken.class);
    }

    /// A listing that is partly sold, one that is sold, one that is withdrawn.
    private void trade(Party seller, Party buyer, CreditBlock block) {
        var open = listed(seller, block, 600);
        bought(buyer, open, 100);
        bought(buyer, open, 200);
        var sold = listed(seller, block, 50);
        bought(buyer, sold, 50);
        assertThat(buy(buyer, sold, 1)).isInstanceOf(Purchase.Refused.class);
        assertThat(buy(buyer, open, 301)).isInstanceOf(Purchase.Refused.class);
        var withdrawn = listed(seller, block, 70);
        assertThat(
                        sequencer.apply(
                                new WithdrawListing(
                                        UUID.randomUUID(), seller.account(), withdrawn)))
                .isInstanceOf(Withdrawal.Withdrawn.class);
    }

    private void handles(Party seller, Party buyer, CreditBlock block) {
        listed(seller, block, 2_500);
        var token = token(members.addMachine(buyer.id(), "handles", Set.of(Role.BUYER)));
        new HandleStory((path, body) -> post(path, token, body), path -> get(path, token)).play();
    }

    private UUID listed(Party seller, CreditBlock block, long grams) {
        var price = new Price(Money.of(50_000_00, "EUR"));
        var id = UUID.randomUUID();
        var command = new ListCredits(id, seller.account(), block.id(), new Co2e(grams), price);
        assertThat(sequencer.apply(command)).isInstanceOf(Offering.Listed.class);
        return id;
    }

    private void bought(Party buyer, UUID listing, long grams) {
        assertThat(buy(buyer, listing, grams)).isInstanceOf(Purchase.Bought.class);
    }

    private Purchase buy(Party buyer, UUID listing, long grams) {
        return sequencer.apply(
                new BuyCredits(UUID.randomUUID(), buyer.account(), listing, new Co2e(grams)));
    }

    private void retire(Party holder, CreditBlock block, long grams) {
        assertThat(sequencer.apply(retirement(UUID.randomUUID(), holder, block, grams)))
                .isInstanceOf(Retirement.Retired.class);
    }

    private static Command<Retirement> retirement(
            UUID id, Party holder, CreditBlock block, long grams) {
        return new RetireCredits(
                id, holder.account(), block.id(), new Co2e(grams), "A bakery", "Its ovens");
    }

    /// Many at once, so that batches hold more than one command.
    private void retireAtOnce(Party holder, CreditBlock block) {
        var answers = new ArrayList<CompletableFuture<Retirement>>();
        for (long grams = 1; grams <= 12; grams++) {
            var command = retirement(UUID.randomUUID(), holder, block, grams * grams * grams);
            answers.add(sequencer.submit(command));
        }
        answers.forEach(CompletableFuture::join);
    }

    private String token(Members.Credentials machine) {
        var basic = (machine.clientId() + ":" + machine.secret()).getBytes(StandardCharsets.UTF_8);
        var form = "grant_type=client_credentials&scope=read%20write";
        var answer =
                send(
                        HttpRequest.newBuilder(at("/oauth2/token"))
                                .header(
                                        "Authorization",
                                        "Basic " + Base64.getEncoder().encodeToString(basic))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("access_token").asString();
    }

    private JsonNode post(String path, String token, Map<String, ?> body) {
        var answer =
                send(
                        HttpRequest.newBuilder(at(path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                JSON.writeValueAsString(body))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private JsonNode get(String path, String token) {
        var answer =
                send(HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
