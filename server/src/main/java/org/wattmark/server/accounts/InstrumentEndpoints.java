package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.ContractualInstrument;
import org.wattmark.emissions.Region;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Energy;

/// Certificates and contracts for electricity that a firm declares. They count in the market-based
/// total of scope 2 and nowhere else, and reports say that the firm declares them.
@RestController
@Tag(name = "Carbon accounts")
class InstrumentEndpoints {

    private static final int LONGEST_ORIGIN = 200;

    private final Instruments instruments;
    private final MarketRates rates;
    private final Sites sites;
    private final Evidence evidence;
    private final Library library;

    InstrumentEndpoints(
            Instruments instruments,
            MarketRates rates,
            Sites sites,
            Evidence evidence,
            Library library) {
        this.instruments = instruments;
        this.rates = rates;
        this.sites = sites;
        this.evidence = evidence;
        this.library = library;
    }

    /// The instruments that your organisation has declared and not taken back.
    @GetMapping("/api/v1/account-instruments")
    InstrumentList all(Actor actor) {
        return new InstrumentList(
                instruments.of(actor.organisation()).stream().map(InstrumentView::of).toList());
    }

    record InstrumentList(List<InstrumentView> data) {}

    /// Declares an instrument; the same again changes nothing.
    @PutMapping("/api/v1/account-instruments/{id}")
    ResponseEntity<?> declare(
            Actor actor, @PathVariable UUID id, @RequestBody InstrumentBody body) {
        var instrument = instrument(id, body, actor);
        var hash = evidence.named(body.evidence(), actor);
        if (instruments.declare(
                actor.organisation(), new Instruments.Declared(instrument, hash), actor.id())) {
            return ResponseEntity.created(URI.create("/api/v1/account-instruments/" + id))
                    .body(InstrumentView.of(instrument));
        }
        var known =
                instruments.of(actor.organisation()).stream()
                        .filter(each -> each.id().equals(id))
                        .filter(each -> body.supplier() == null || saysTheSame(each, instrument))
                        .filter(each -> body.supplier() != null || each.equals(instrument))
                        .findFirst()
                        .orElseThrow(() -> Faults.anotherContent(id));
        return ResponseEntity.ok(InstrumentView.of(known));
    }

    /// But for the rate, which was looked up when it was declared and has stayed so.
    private static boolean saysTheSame(ContractualInstrument known, ContractualInstrument again) {
        return known.kind() == again.kind()
                && known.energy().equals(again.energy())
                && known.market().equals(again.market())
                && known.vintage().equals(again.vintage())
                && known.site().equals(again.site());
    }

    /// Takes it back: it counts no more, and stays on record.
    @DeleteMapping("/api/v1/account-instruments/{id}")
    ResponseEntity<?> withdraw(Actor actor, @PathVariable UUID id) {
        if (!instruments.withdraw(actor.organisation(), id, actor.id())) {
            throw Faults.unknown("account_instrument", id);
        }
        return ResponseEntity.noContent().build();
    }

    private ContractualInstrument instrument(UUID id, InstrumentBody body, Actor actor) {
        if (body.wattHours() < 1) {
            throw Faults.invalid("/watt_hours", "is 1 or more, not " + body.wattHours());
        }
        if (body.vintage() < 1990 || body.vintage() > 2100) {
            throw Faults.invalid("/vintage", "is 1990 to 2100, not " + body.vintage());
        }
        var region =
                library.grids()
                        .region(body.region())
                        .filter(it -> it.extent() == Region.Extent.TERRITORY)
                        .orElseThrow(() ->
                                Faults.invalid(
                                        "/region",
                                        "is no country that is known: " + body.region()));
        if (body.site() != null && sites.find(actor.organisation(), body.site()).isEmpty()) {
            throw Faults.unknown("account_site", body.site());
        }
        var rate = rate(body, region);
        return new ContractualInstrument(
                id,
                body.kind(),
                new Energy(body.wattHours()),
                rate.gramsPerKilowattHour(),
                region,
                Year.of(body.vintage()),
                Optional.ofNullable(body.site()),
                rate.origin(),
                false);
    }

    private record Rated(BigDecimal gramsPerKilowattHour, String origin) {}

    /// As the firm declares it, or as the supplier's rate was loaded, with its source.
    private Rated rate(InstrumentBody body, Region market) {
        var origin = Faults.text("/origin", body.origin(), LONGEST_ORIGIN);
        var told = body.gramsPerKilowattHour();
        if (body.supplier() == null) {
            if (told == null || !told.matches("\\d{1,5}(\\.\\d{1,9})?")) {
                throw Faults.invalid(
                        "/grams_per_kilowatt_hour",
                        "is a number of 0 or more with a decimal point, such as 0 or 12.5; it may"
                                + " be absent where `supplier` names one whose rate is known");
            }
            return new Rated(Instruments.canonical(new BigDecimal(told)), origin);
        }
        if (told != null || body.kind() != ContractualInstrument.Kind.SUPPLIER_RATE) {
            throw Faults.invalid(
                    "/supplier", "is for the kind SUPPLIER_RATE without grams_per_kilowatt_hour");
        }
        var rate =
                rates.supplier(market, Year.of(body.vintage()), body.supplier())
                        .orElseThrow(() ->
                                Faults.invalid(
                                        "/supplier",
                                        "is none whose rate of "
                                                + body.vintage()
                                                + " is known in "
                                                + market.name()
                                                + ": /api/v1/market-rates lists them"));
        return new Rated(
                rate.gramsPerKilowattHour(),
                origin + ", at the rate of " + rate.supplier() + " (" + rate.source() + ")");
    }

    /// @param gramsPerKilowattHour its rate, as text: `"0"` for certificates of sun and wind;
    ///   absent with `supplier`
    /// @param supplier whose rate of the year, as an operator has loaded it, is taken
    /// @param region ISO 3166-1 code of the market
    /// @param vintage the year that the energy was made in
    /// @param site the only site that it is for
    /// @param origin what it is and where to find it, such as a registry and its serials
    record InstrumentBody(
            ContractualInstrument.Kind kind,
            long wattHours,
            @Nullable String gramsPerKilowattHour,
            @Nullable String supplier,
            String region,
            int vintage,
            @Nullable UUID site,
            String origin,
            @Nullable String evidence) {}

    record InstrumentView(
            UUID id,
            ContractualInstrument.Kind kind,
            long wattHours,
            String gramsPerKilowattHour,
            String region,
            int vintage,
            @Nullable UUID site,
            String origin) {

        static InstrumentView of(ContractualInstrument each) {
            return new InstrumentView(
                    each.id(),
                    each.kind(),
                    each.energy().wattHours(),
                    each.gramsPerKilowattHour().toPlainString(),
                    each.market().code(),
                    each.vintage().getValue(),
                    each.site().orElse(null),
                    each.origin());
        }
    }
}
