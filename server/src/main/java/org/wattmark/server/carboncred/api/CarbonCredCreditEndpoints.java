package org.wattmark.server.carboncred.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.BuyCredits;
import org.wattmark.registry.RetireCredits;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Money;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.annotation.JsonDeserialize;

/// Kilograms for sale, bought and retired by handle, and the wallet. A credit of CarbonCred is a
/// kilogram; money and credits move in the same books as everywhere else.
@RestController
@Tag(name = "CarbonCred")
class CarbonCredCreditEndpoints {

    /// What CarbonCred's pages showed.
    private static final int LARGEST_PAGE = 50;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StepLimits limits;
    private final Shelf shelf;

    CarbonCredCreditEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            StepLimits limits,
            Shelf shelf) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.limits = limits;
        this.shelf = shelf;
    }

    /// Kilograms that can be bought, the oldest listings first. Who sends a token is shown those of
    /// the class that their organisation can buy.
    ///
    /// @param cursor the `next_cursor` of the page before
    /// @param limit 1 to 50
    @GetMapping("/api/marketplace/")
    Marketplace marketplace(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(name = "unit_class", required = false) @Nullable UnitClass unitClass,
            @RequestParam(name = "project_id", required = false) @Nullable Long project) {
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE);
        var place = page.after(Shelf.Place.START, Shelf.Place::of);
        var shown = unitClass == null ? classOfCaller().orElse(null) : unitClass;
        var found =
                page.over(
                        shelf.forSale(place, shown, project, page.fetch()),
                        each -> each.place().toString());
        return new Marketplace(
                found.data().stream().map(AvailableCredit::of).toList(),
                found.nextCursor(),
                found.hasMore());
    }

    /// Of the person's token, if there is one: this page is for everybody.
    private Optional<UnitClass> classOfCaller() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof JwtAuthenticationToken token
                ? Optional.ofNullable(token.getToken().getClaimAsString("organisation"))
                        .map(UUID::fromString)
                        .map(organisations::classOf)
                : Optional.empty();
    }

    record Marketplace(
            List<AvailableCredit> availableCredits, @Nullable String nextCursor, boolean hasMore) {}

    /// @param projectId the project's number, as `/api/projects/` answers it
    /// @param price of this kilogram, rounded up to a whole minor unit
    record AvailableCredit(
            UUID creditId,
            long projectId,
            String title,
            String region,
            String methodology,
            int vintage,
            UnitClass unitClass,
            long grams,
            Money price,
            UUID listing,
            UUID block) {

        static AvailableCredit of(Shelf.ForSale credit) {
            return new AvailableCredit(
                    credit.id().toUuid(),
                    credit.project(),
                    credit.title(),
                    credit.region(),
                    credit.methodology(),
                    credit.vintage(),
                    credit.unitClass(),
                    BuyCredit.KILOGRAM.grams(),
                    credit.price(),
                    credit.listing(),
                    credit.block());
        }
    }

    /// Buys one kilogram at its listing's price: credits, money and fee move together or not at
    /// all.
    @PostMapping("/api/buy/")
    ResponseEntity<?> buy(
            @RequestBody BuyCreditBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var credit = credit(body.creditId());
        var named = shelf.find(credit).orElseThrow(CarbonCredCreditEndpoints::unknown);
        Whom.require("buyer_id", body.buyerId(), actor);
        var purchase =
                new BuyCredits(
                        idOf(key, actor),
                        organisations.accountOf(actor),
                        named.listing(),
                        BuyCredit.KILOGRAM);
        return switch (sequencer.apply(new BuyCredit(purchase, credit.kilogram()))) {
            case BuyCredit.Outcome.Bought(var trade, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(
                                    new BoughtCredit(
                                            "Credit purchased",
                                            credit.toUuid(),
                                            trade.id(),
                                            trade.price(),
                                            trade.fee(),
                                            receipt));
            case BuyCredit.Outcome.Used(boolean used) -> {
                if (!used) {
                    throw unknown();
                }
                throw conflict("credit_used", "This credit was bought before. Choose another.");
            }
            case BuyCredit.Outcome.Refused(var reason) -> throw CreditRefusals.of(reason);
        };
    }

    /// @param creditId of `/api/marketplace/`
    /// @param buyerId your own id, or nothing
    record BuyCreditBody(
            @Nullable String creditId,
            @JsonDeserialize(using = Lenient.Name.class) @Nullable String buyerId) {}

    record BoughtCredit(
            String message, UUID creditId, UUID tradeId, Money price, Money fee, Receipt receipt) {}

    /// Retires the kilogram for good, with your organisation as beneficiary.
    @PostMapping("/api/retire/")
    ResponseEntity<?> retire(
            @RequestBody RetireCreditBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var credit = credit(body.creditId());
        var named = shelf.find(credit).orElseThrow(CarbonCredCreditEndpoints::unknown);
        limits.require(actor, BuyCredit.KILOGRAM.grams(), 0);
        var retirement =
                new RetireCredits(
                        idOf(key, actor),
                        organisations.accountOf(actor),
                        named.block(),
                        BuyCredit.KILOGRAM,
                        nameOf(actor.organisation()),
                        "");
        var handle = new CreditHandle.Key(named.listing(), credit.kilogram());
        return switch (sequencer.apply(new RetireCredit(retirement, handle))) {
            case RetireCredit.Outcome.Retired(var statement, var receipt) -> {
                var certificate = URI.create("/api/v1/certificates/" + statement.id());
                yield ResponseEntity.created(certificate)
                        .body(
                                new RetiredCredit(
                                        "Credit retired",
                                        credit.toUuid(),
                                        statement.id(),
                                        statement.serials(),
                                        statement.beneficiary(),
                                        certificate,
                                        receipt));
            }
            case RetireCredit.Outcome.Denied(var reason) -> throw CreditRefusals.of(reason);
            case RetireCredit.Outcome.Refused(var reason) -> throw CreditRefusals.of(reason);
        };
    }

    /// @param creditId of a credit that you bought
    record RetireCreditBody(@Nullable String creditId) {}

    /// @param certificate 202 until the log covers the retirement, about a second
    record RetiredCredit(
            String message,
            UUID creditId,
            UUID retirementId,
            SerialRange serials,
            String beneficiary,
            URI certificate,
            Receipt receipt) {}

    /// The name as it is now stands on the certificate.
    private String nameOf(UUID organisation) {
        return jdbc.sql("select left(name, 200) from organisation where id = :id")
                .param("id", organisation)
                .query(String.class)
                .single();
    }

    /// What your organisation has, in kilograms, exact to the gram.
    @GetMapping("/api/dashboard/")
    Dashboard dashboard(Actor actor) {
        var wallet = shelf.walletOf(organisations.accountOf(actor));
        return new Dashboard(
                Shelf.kilograms(wallet.owned().grams()),
                Shelf.kilograms(wallet.retired().grams()),
                Shelf.kilograms(wallet.available().grams()));
    }

    /// @param ownedCredits all that you have, offered and reserved credits too
    /// @param retiredCredits all that you ever retired
    /// @param walletBalance what of it you can retire, sell or transfer now
    record Dashboard(
            BigDecimal ownedCredits, BigDecimal retiredCredits, BigDecimal walletBalance) {}

    /// The kilograms that you bought by handle, and what became of each.
    ///
    /// @param limit 1 to 50
    @GetMapping("/api/my-credits/")
    OwnCredits own(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE);
        var place = page.after(Shelf.Place.START, Shelf.Place::of);
        var found =
                page.over(
                        shelf.boughtBy(organisations.accountOf(actor), place, page.fetch()),
                        each -> each.place().toString());
        return new OwnCredits(
                found.data().stream().map(OwnCredit::of).toList(),
                found.nextCursor(),
                found.hasMore());
    }

    record OwnCredits(List<OwnCredit> credits, @Nullable String nextCursor, boolean hasMore) {}

    /// @param status HELD, RETIRED, or MOVED: transferred, sold or offered since
    /// @param certificate of a retired one
    record OwnCredit(
            UUID creditId,
            long projectId,
            int vintage,
            UnitClass unitClass,
            long grams,
            String status,
            UUID tradeId,
            @Nullable URI certificate) {

        static OwnCredit of(Shelf.Bought credit) {
            var retirement = credit.retirement();
            return new OwnCredit(
                    credit.id().toUuid(),
                    credit.project(),
                    credit.vintage(),
                    credit.unitClass(),
                    BuyCredit.KILOGRAM.grams(),
                    credit.status(),
                    credit.trade(),
                    retirement == null ? null : URI.create("/api/v1/certificates/" + retirement));
        }
    }

    private static CreditId credit(@Nullable String text) {
        if (text == null) {
            throw Invalid.of("credit_id", Invalid.REQUIRED);
        }
        UUID id;
        try {
            id = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.of("credit_id", "Must be a valid UUID.");
        }
        return CreditId.of(id).orElseThrow(CarbonCredCreditEndpoints::unknown);
    }

    /// A handle guards itself against being used twice, so a key is welcome and not needed.
    private static UUID idOf(@Nullable String key, Actor actor) {
        return key == null ? UUID.randomUUID() : ChosenId.of(null, key, actor);
    }

    private static RuntimeException unknown() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "credit_unknown",
                        "No credit has this credit_id; see GET /api/marketplace/.")
                .asException();
    }

    private static RuntimeException conflict(String code, String detail) {
        return Problem.of(HttpStatus.CONFLICT, code, detail).asException();
    }
}
