package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.server.accounts.MarketRates.RateFile;
import org.wattmark.server.notifications.Kind;
import org.wattmark.server.notifications.Telling;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Canonical;

/// Residual mixes and suppliers' rates, for market-based totals of scope 2. Operators load what a
/// source publishes; what nobody has loaded is not known, and inventories say so.
@RestController
@Tag(name = "Carbon accounts")
class MarketRateEndpoints {

    private final MarketRates rates;
    private final GridFactors grids;
    private final Telling telling;
    private final InstantSource time;

    MarketRateEndpoints(MarketRates rates, GridFactors grids, Telling telling, InstantSource time) {
        this.rates = rates;
        this.grids = grids;
        this.telling = telling;
        this.time = time;
    }

    /// Loads a file, whole or not at all; it counts once another operator approves it. The header
    /// names `region` (ISO 3166-1), `year`, `supplier` (empty for the residual mix),
    /// `grams_per_kilowatt_hour`, `source` and `url`.
    @PutMapping(path = "/api/v1/market-rate-files/{id}", consumes = BillFile.CSV)
    ResponseEntity<?> load(Actor actor, @PathVariable UUID id, @RequestBody byte[] file)
            throws IOException {
        actor.requirePerson("loads market rates");
        var hash = Canonical.sha256(file);
        var before = rates.file(id);
        if (before.isPresent()) {
            if (!Arrays.equals(before.get().sha256().toByteArray(), hash)) {
                throw Faults.anotherContent(id);
            }
            return ResponseEntity.ok(RateFileView.of(before.get()));
        }
        return switch (MarketRateFile.read(new ByteArrayInputStream(file), grids)) {
            case MarketRateFile.Refused(var faults) -> refused(faults).answer();
            case MarketRateFile.Parsed(var parsed) -> {
                if (!rates.load(id, hash, parsed, actor.id(), () -> tell(id))) {
                    throw Faults.anotherContent(id);
                }
                yield ResponseEntity.created(URI.create("/api/v1/market-rate-files/" + id))
                        .body(RateFileView.of(rates.file(id).orElseThrow()));
            }
        };
    }

    private void tell(UUID file) {
        telling.tell(
                new Telling.Message(
                        "market-rates/" + file,
                        Kind.RATES_TO_APPROVE,
                        Optional.empty(),
                        file.toString(),
                        "",
                        time.instant()));
    }

    private static Problem refused(List<MarketRateFile.Fault> faults) {
        var problem =
                Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "file_refused", "Nothing was loaded.");
        for (var fault : faults) {
            problem = problem.at("/line/" + fault.line(), fault.remedy());
        }
        return problem;
    }

    /// From now on the file counts, before those approved earlier. Who loaded it cannot approve it.
    @PutMapping("/api/v1/market-rate-files/{id}/approval")
    RateFileView approve(Actor actor, @PathVariable UUID id) {
        actor.requirePerson("approves market rates");
        var file = rates.file(id).orElseThrow(() -> unknown(id));
        if (file.loadedBy().equals(actor.id())) {
            throw Faults.conflict(
                    "takes_two_persons", "You loaded this file. Another operator approves it.");
        }
        rates.approve(id, actor.id());
        return RateFileView.of(rates.file(id).orElseThrow());
    }

    private static RuntimeException unknown(UUID id) {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "market_rate_file_unknown",
                        "There is no file of market rates " + id + ".")
                .asException();
    }

    /// The files of rates that were loaded, approved or not.
    @GetMapping("/api/v1/market-rate-files")
    Page<RateFileView> files(
            Actor actor,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                rates.page(page.afterId(), page.fetch()).stream().map(RateFileView::of).toList(),
                each -> each.id().toString());
    }

    /// @param approvedAt since when it counts
    record RateFileView(
            UUID id,
            String sha256,
            Instant loadedAt,
            String loadedBy,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy) {

        static RateFileView of(RateFile file) {
            return new RateFileView(
                    file.id(),
                    file.sha256().hex(),
                    file.loadedAt(),
                    file.loadedBy(),
                    file.approvedAt(),
                    file.approvedBy());
        }
    }

    /// What counts of a market, with where it comes from.
    ///
    /// @param region ISO 3166-1 code
    @GetMapping("/api/v1/market-rates")
    RateList ofMarket(Actor actor, @RequestParam String region) {
        var market =
                grids.region(region)
                        .filter(it -> it.extent() == Region.Extent.TERRITORY)
                        .orElseThrow(
                                () -> Faults.invalid("?region", "is no country that is known"));
        return new RateList(rates.of(market).stream().map(RateView::of).toList());
    }

    record RateList(List<RateView> data) {}

    /// @param supplier empty for the residual mix
    record RateView(
            String region,
            int year,
            String supplier,
            String gramsPerKilowattHour,
            String source,
            String url) {

        static RateView of(MarketRates.Rate rate) {
            return new RateView(
                    rate.market().code(),
                    rate.year().getValue(),
                    rate.supplier(),
                    Texts.plain(rate.gramsPerKilowattHour()),
                    rate.source(),
                    rate.url());
        }
    }
}
