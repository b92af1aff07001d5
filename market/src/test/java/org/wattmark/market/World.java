package org.wattmark.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.MemoryJournal;
import org.wattmark.ledger.NothingChanged;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.StandingChange;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.ClaimAssessed;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.ClaimSubmitted;
import org.wattmark.registry.Claims;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.CreditsIssued;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.Design;
import org.wattmark.registry.DesignJudged;
import org.wattmark.registry.DesignSubmitted;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.JudgeDesign;
import org.wattmark.registry.Project;
import org.wattmark.registry.ProjectRegistered;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registry;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.StatementMade;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.SubmitDesign;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.testing.SettableClock;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Period;
import org.wattmark.units.Price;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.Additionality;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.AutoApprovalPolicy;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Evidence;
import org.wattmark.verification.MeterClass;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VintageEnergy;

/// An exchange with all that it stands on, as a server runs it: a seller whose roof was issued
/// 2,384,134 g, and buyers.
final class World implements AutoCloseable {

    static final Currency EUR = Currency.getInstance("EUR");
    static final Organisation ROOF_OWNER = Organisation.uncontrolled(id(2));
    static final AccountId SELLER = AccountId.holder(ROOF_OWNER.id());
    static final AccountId BUYER = AccountId.holder(id(21));
    static final AccountId OTHER = AccountId.holder(id(22));
    static final UUID CLERK = id(31);
    static final UUID SECOND_CLERK = id(32);

    /// 12.40 EUR a tonne.
    static final Price PRICE = new Price(Money.of(1_240, "EUR"));

    private static final Actor PROPONENT = new Actor(id(1), ROOF_OWNER, Role.PROPONENT);
    private static final Actor VERIFIER =
            new Actor(id(3), Organisation.uncontrolled(id(4)), Role.VERIFIER);
    private static final GridFactors FACTORS = GridFactors.shipped();
    private static final byte[] DRAW_SECRET = new byte[32];

    final MemoryJournal journal = new MemoryJournal();
    final SettableClock clock = SettableClock.at("2026-02-01T12:00:00Z");
    final Machines machines;
    final Sequencer sequencer;
    private final MarketRules rules;
    private long lastId = 9_000;

    World(MarketRules rules) {
        this.rules = rules;
        machines = new Machines(rules);
        sequencer =
                Sequencer.on(journal, machines.staging, clock)
                        .handle(OpenAccounts.class, machines.ledger::open)
                        .handle(SetStanding.class, machines.ledger::set)
                        .handle(SetFreeze.class, machines.ledger::set)
                        .handle(RegisterProject.class, machines.claims::register)
                        .handle(SubmitClaim.class, machines.claims::submit)
                        .handle(AssessClaim.class, machines.claims::assess)
                        .handle(DecideClaim.class, machines.claims::decide)
                        .handle(ActOnClaim.class, machines.claims::act)
                        .handle(SubmitDesign.class, machines.claims.designs()::submit)
                        .handle(JudgeDesign.class, machines.claims.designs()::judge)
                        .handle(IssueCredits.class, machines.registry::issue)
                        .handle(RetireCredits.class, machines.registry::retire)
                        .handle(ListCredits.class, machines.exchange::list)
                        .handle(WithdrawListing.class, machines.exchange::withdraw)
                        .handle(BuyCredits.class, machines.exchange::buy)
                        .handle(RequestDeposit.class, machines.deposits::request)
                        .handle(ApproveDeposit.class, machines.deposits::approve)
                        .handle(RejectDeposit.class, machines.deposits::reject)
                        .start();
    }

    static World open() {
        return new World(MarketRules.STANDARD);
    }

    /// The state, and what decides on it.
    static final class Machines {

        private int salts;
        final Staging staging = new Staging(this::nextSalt);
        final Ledger ledger = new Ledger(staging);
        final Claims claims =
                new Claims(staging, Map.of(UnitClass.TEST, AutoApprovalPolicy.DEMO), DRAW_SECRET);
        final Registry registry = new Registry(staging, ledger, claims);
        final Exchange exchange;
        final Deposits deposits = new Deposits(staging, ledger);

        Machines(MarketRules rules) {
            exchange = new Exchange(staging, ledger, registry, rules);
        }

        private byte[] nextSalt() {
            return Canonical.of("test/salt").number(++salts).sha256();
        }
    }

    static UUID id(long number) {
        return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    UUID nextId() {
        return id(++lastId);
    }

    <O> O apply(Command<O> command) {
        return sequencer.apply(command);
    }

    /// A block of what a roof of 15 kWp generated in 2025, in the hands of the roof's owner.
    CreditBlock givenIssued(UnitClass unitClass) {
        var project =
                new Project(
                        nextId(),
                        ROOF_OWNER,
                        "A roof",
                        "GBR",
                        "Europe/London",
                        SolarDisplacement.ID,
                        unitClass);
        apply(new RegisterProject(PROPONENT, project));
        var claim = claim(project);
        apply(new SubmitClaim(PROPONENT, claim));
        var evidence = evidence();
        var assessment = Assessment.of(claim, evidence, FACTORS, Map.of(), clock.instant());
        apply(new AssessClaim(claim.id(), 0, assessment));
        if (unitClass == UnitClass.LIVE) {
            verifyAndApprove(claim);
        }
        if (apply(new IssueCredits(nextId(), PROPONENT, claim.id()))
                instanceof Issuance.Issued(var blocks, var _)) {
            return blocks.getFirst();
        }
        throw new AssertionError("not issued: " + claim);
    }

    /// What counts takes a validated design, a verifier and a third person.
    private void verifyAndApprove(Claim claim) {
        var design =
                new Design(
                        claim.project(),
                        1,
                        Sha256.of(new byte[] {2}),
                        "Roofs of small firms get panels.",
                        "Bristol",
                        claim.site(),
                        new Period(
                                Instant.parse("2020-01-01T00:00:00Z"),
                                Instant.parse("2027-01-01T00:00:00Z")),
                        true,
                        "No other scheme, no support, no cap.",
                        Optional.of(
                                new Additionality(
                                        true,
                                        "Building regulations",
                                        new Additionality.Listed(
                                                Additionality.PositiveList.MICROSCALE_RENEWABLE,
                                                new BigDecimal(15),
                                                true))),
                        PROPONENT.person());
        apply(new SubmitDesign(nextId(), PROPONENT, design));
        apply(new JudgeDesign(nextId(), VERIFIER, claim.project(), 1, true, ""));
        apply(new ActOnClaim(nextId(), VERIFIER, claim.id(), ClaimAction.TAKE, ""));
        apply(new DecideClaim(nextId(), VERIFIER, claim.id(), true));
        var registrar = new Actor(nextId(), Organisation.uncontrolled(nextId()), Role.OPERATOR);
        apply(new ActOnClaim(nextId(), registrar, claim.id(), ClaimAction.APPROVE_ISSUANCE, ""));
    }

    private Claim claim(Project project) {
        return new Claim(
                new ClaimId(nextId()),
                project.id(),
                ROOF_OWNER,
                PROPONENT.person(),
                id(5),
                id(6),
                List.of(new Claim.Series(new DeviceId(nextId()), Channel.GENERATION)),
                new Period(
                        Instant.parse("2025-01-01T00:00:00Z"),
                        Instant.parse("2026-01-01T00:00:00Z")),
                AssuranceTier.T2,
                project.unitClass(),
                Optional.empty(),
                true);
    }

    private static Evidence evidence() {
        var generated = Energy.ofKilowattHours(12_400);
        return new Evidence(
                "GB",
                ZoneId.of("Europe/London"),
                List.of(new VintageEnergy(Year.of(2025), generated)),
                generated,
                MeterClass.CLASS_1,
                AssuranceTier.T2,
                false,
                15_000,
                new Evidence.Intervals(35_040, 34_900, 3, 5),
                Evidence.Days.NONE,
                List.of(ExclusivityDeclaration.NOTHING_ELSE),
                Sha256.of(new byte[] {1}));
    }

    void givenAccount(AccountId holder) {
        apply(OpenAccounts.of(new Account(holder, Account.Kind.HOLDER)));
    }

    /// Money that two clerks have seen at the bank.
    void givenMoney(AccountId holder, long cents) {
        givenAccount(holder);
        var deposit = nextId();
        apply(new RequestDeposit(deposit, CLERK, holder, new Money(cents, EUR), "REF-" + deposit));
        assertThat(apply(new ApproveDeposit(nextId(), SECOND_CLERK, deposit)))
                .isInstanceOf(DepositStep.Taken.class);
    }

    Listing givenListed(CreditBlock block, Co2e quantity) {
        var seller = SystemAccounts.holder(ROOF_OWNER.id(), block.unitClass());
        if (apply(new ListCredits(nextId(), seller, block.id(), quantity, PRICE))
                instanceof Offering.Listed(var listing, var _)) {
            return listing;
        }
        throw new AssertionError("not listed: " + quantity);
    }

    Purchase buy(AccountId buyer, Listing listing, Co2e quantity) {
        return apply(new BuyCredits(nextId(), buyer, listing.id(), quantity));
    }

    Withdrawal withdraw(Listing listing) {
        return apply(new WithdrawListing(nextId(), listing.seller(), listing.id()));
    }

    void givenFrozen(AccountId account) {
        assertThat(apply(new SetStanding(nextId(), account, Account.Standing.FROZEN)))
                .isInstanceOf(StandingChange.Changed.class);
    }

    void givenFrozen(Asset asset) {
        assertThat(apply(new SetFreeze(nextId(), asset, true)))
                .isInstanceOf(StandingChange.Changed.class);
    }

    Listing now(Listing listing) {
        return machines.exchange.listing(listing.id()).orElseThrow();
    }

    Co2e held(AccountId account, CreditBlock block) {
        return new Co2e(machines.ledger.balance(account, block.asset()));
    }

    Co2e reserved(AccountId account, CreditBlock block) {
        return new Co2e(machines.ledger.reserved(account, block.asset()));
    }

    /// In cents.
    long money(AccountId account) {
        var unitClass = account.isTest() ? UnitClass.TEST : UnitClass.LIVE;
        return machines.ledger.balance(account, SystemAccounts.money(EUR, unitClass));
    }

    /// What the machines add up to, once nothing more is decided.
    Map<String, Map<?, ?>> contents() {
        sequencer.close();
        return new HashMap<>(machines.staging.contents());
    }

    /// What new machines add up to that take the journal over from its facts' bytes alone.
    Map<String, Map<?, ?>> replayed() {
        var fresh = new Machines(rules);
        for (var entry : journal.entries()) {
            fresh.staging.replay(
                    new Entry(
                            entry.sequence(),
                            entry.epoch(),
                            entry.at(),
                            readBack(entry.fact().content()),
                            entry.salt()));
        }
        return new HashMap<>(fresh.staging.contents());
    }

    static Fact readBack(byte[] content) {
        try {
            return parse(content);
        } catch (Canonical.Malformed e) {
            throw new AssertionError("cannot be read back", e);
        }
    }

    static Fact parse(byte[] content) throws Canonical.Malformed {
        return switch (Canonical.domainOf(content)) {
            case AccountOpened.DOMAIN -> AccountOpened.of(content);
            case TransferPosted.DOMAIN -> TransferPosted.of(content);
            case BatchSealed.DOMAIN -> BatchSealed.of(content);
            case NothingChanged.DOMAIN -> NothingChanged.of(content);
            case ProjectRegistered.DOMAIN -> ProjectRegistered.of(content);
            case ClaimSubmitted.DOMAIN -> ClaimSubmitted.of(content);
            case ClaimAssessed.DOMAIN -> ClaimAssessed.of(content);
            case StatementMade.DOMAIN -> StatementMade.of(content);
            case ClaimStep.DOMAIN -> ClaimStep.of(content);
            case DesignSubmitted.DOMAIN -> DesignSubmitted.of(content);
            case DesignJudged.DOMAIN -> DesignJudged.of(content);
            case CreditsIssued.DOMAIN -> CreditsIssued.of(content);
            case RetirementStatement.DOMAIN -> RetirementStatement.of(content);
            case CreditsListed.DOMAIN -> CreditsListed.of(content);
            case ListingWithdrawn.DOMAIN -> ListingWithdrawn.of(content);
            case CreditsTraded.DOMAIN -> CreditsTraded.of(content);
            case DepositRequested.DOMAIN -> DepositRequested.of(content);
            case DepositDecided.DOMAIN -> DepositDecided.of(content);
            default -> throw new Canonical.Malformed("nobody reads this");
        };
    }

    @Override
    public void close() {
        sequencer.close();
    }
}
