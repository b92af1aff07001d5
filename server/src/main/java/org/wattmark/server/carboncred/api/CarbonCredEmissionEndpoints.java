package org.wattmark.server.carboncred.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.accounts.Declaration;
import org.wattmark.server.accounts.DeclaredEmissions;
import org.wattmark.server.accounts.DeclaredQuantity;
import org.wattmark.server.accounts.DeclaredReport;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import tools.jackson.databind.annotation.JsonDeserialize;

/// A firm's own word on a quarter's emissions, counted by published factors, and what speaks for
/// it.
@RestController
@Tag(name = "CarbonCred")
class CarbonCredEmissionEndpoints {

    private static final int FIRST_YEAR = 1990;

    /// More than any firm uses in a quarter, and far from where numbers end.
    static final BigDecimal MOST = new BigDecimal("1000000000000");

    static final int MOST_PLACES = 6;

    private final DeclaredEmissions emissions;
    private final InstantSource clock;

    CarbonCredEmissionEndpoints(DeclaredEmissions emissions, InstantSource clock) {
        this.emissions = emissions;
        this.clock = clock;
    }

    /// Declares what was used in a quarter. It stands beside the bills in your carbon accounts.
    @PostMapping("/api/emissions/")
    ResponseEntity<DeclaredView> declare(@RequestBody EmissionsBody body, Actor actor) {
        var declaration = body.declaration(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Whom.require("user", body.user(), actor);
        var report = emissions.declare(actor, declaration);
        return ResponseEntity.status(HttpStatus.CREATED).body(DeclaredView.of(report));
    }

    /// Runs the checks of a report again, with what is known now, and says what came of each.
    @PostMapping("/api/verify-emissions/")
    VerifiedView verify(@RequestBody ReportBody body, Actor actor) {
        var id = body.id();
        return emissions
                .check(actor, id)
                .map(VerifiedView::of)
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "report_unknown",
                                        "Your organisation has no report " + id + ".")
                                .asException());
    }

    /// @param user your own id, or nothing
    /// @param quarter 1 to 4, of the calendar
    /// @param wasteKg what went to landfill, without what was recycled
    /// @param site one of your account sites, if you have several
    /// @param grid eGRID subregion of an organisation in the United States without a site
    /// @param factors for a quantity that has no factor in your region: the id of one, by field
    record EmissionsBody(
            @JsonDeserialize(using = Lenient.Name.class) @Nullable String user,
            @JsonDeserialize(using = Lenient.Whole.class) @Nullable Integer year,
            @JsonDeserialize(using = Lenient.Whole.class) @Nullable Integer quarter,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal electricityKwh,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal dieselLiters,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal petrolLiters,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal naturalGasM3,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal flightKm,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal carKm,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal wasteKg,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal recycledWasteKg,
            @Nullable UUID site,
            @Nullable String grid,
            @Nullable Map<String, String> factors) {

        private Map<DeclaredQuantity, BigDecimal> quantities() {
            var quantities = new EnumMap<DeclaredQuantity, BigDecimal>(DeclaredQuantity.class);
            put(quantities, DeclaredQuantity.ELECTRICITY, electricityKwh);
            put(quantities, DeclaredQuantity.DIESEL, dieselLiters);
            put(quantities, DeclaredQuantity.PETROL, petrolLiters);
            put(quantities, DeclaredQuantity.NATURAL_GAS, naturalGasM3);
            put(quantities, DeclaredQuantity.FLIGHTS, flightKm);
            put(quantities, DeclaredQuantity.CARS, carKm);
            put(quantities, DeclaredQuantity.WASTE, wasteKg);
            put(quantities, DeclaredQuantity.RECYCLED_WASTE, recycledWasteKg);
            return quantities;
        }

        private static void put(
                Map<DeclaredQuantity, BigDecimal> quantities,
                DeclaredQuantity what,
                @Nullable BigDecimal amount) {
            if (amount != null) {
                quantities.put(what, amount);
            }
        }

        Declaration declaration(LocalDate today) {
            var invalid = new Invalid();
            int begins = checkedYear(invalid, year, today);
            int which = checkedQuarter(invalid, quarter);
            var quantities = quantities();
            invalid.require("electricity_kwh", electricityKwh, BigDecimal.ZERO);
            quantities.forEach((what, amount) -> checkAmount(invalid, what.field(), amount));
            var named = new EnumMap<DeclaredQuantity, String>(DeclaredQuantity.class);
            if (factors != null) {
                factors.forEach((field, id) -> name(invalid, named, field, id));
            }
            invalid.refuse();
            if (LocalDate.of(begins, 3 * which - 2, 1).isAfter(today)) {
                throw Invalid.of("quarter", "This quarter has not begun.");
            }
            return new Declaration(
                    Year.of(begins),
                    which,
                    Optional.ofNullable(site),
                    Optional.ofNullable(grid).map(String::strip).filter(it -> !it.isEmpty()),
                    quantities,
                    named);
        }

        private static void name(
                Invalid invalid,
                Map<DeclaredQuantity, String> named,
                String field,
                @Nullable String id) {
            var what = DeclaredQuantity.of(field);
            if (what.isEmpty() || id == null || id.length() > 200 || id.indexOf(0) >= 0) {
                invalid.add("factors", field + ": name a quantity, and a factor's id for it.");
            } else {
                named.put(what.get(), id);
            }
        }
    }

    static int checkedYear(Invalid invalid, @Nullable Integer year, LocalDate today) {
        int checked = invalid.require("year", year, FIRST_YEAR);
        if (checked < FIRST_YEAR || checked > today.getYear()) {
            invalid.add(
                    "year", "Choose a year from " + FIRST_YEAR + " to " + today.getYear() + ".");
            return FIRST_YEAR;
        }
        return checked;
    }

    static int checkedQuarter(Invalid invalid, @Nullable Integer quarter) {
        int checked = invalid.require("quarter", quarter, 1);
        if (checked < 1 || checked > 4) {
            invalid.add("quarter", "A quarter is 1, 2, 3 or 4.");
            return 1;
        }
        return checked;
    }

    /// Looked at before it is written out: 1e999999999 is a short number with many digits.
    static void checkAmount(Invalid invalid, String field, BigDecimal amount) {
        if (amount.signum() < 0) {
            invalid.add(field, "Ensure this value is greater than or equal to 0.");
        } else if (amount.compareTo(MOST) > 0) {
            invalid.add(field, "Ensure this value is less than or equal to " + MOST + ".");
        } else if (amount.signum() > 0 && amount.stripTrailingZeros().scale() > MOST_PLACES) {
            invalid.add(
                    field,
                    "Ensure that there are no more than " + MOST_PLACES + " decimal places.");
        }
    }

    record ReportBody(@Nullable String reportId) {

        UUID id() {
            if (reportId == null) {
                throw Invalid.of("report_id", Invalid.REQUIRED);
            }
            try {
                return UUID.fromString(reportId);
            } catch (IllegalArgumentException e) {
                throw Invalid.of("report_id", "Must be a valid UUID.");
            }
        }
    }

    /// @param emissionsKg scopes 1 to 3, location-based; each scope rounded up once, to a gram
    /// @param verificationScore 0 to 100: the points of the checks that passed
    record DeclaredView(
            BigDecimal emissionsKg,
            int verificationScore,
            UUID reportId,
            String region,
            List<LineView> lines,
            List<CheckView> checks) {

        static DeclaredView of(DeclaredReport report) {
            return new DeclaredView(
                    Shelf.kilograms(report.emissions().grams()),
                    report.score(),
                    report.id(),
                    report.region(),
                    report.lines().stream().map(LineView::of).toList(),
                    report.checks().stream().map(CheckView::of).toList());
        }
    }

    /// @param source document, edition and table that the factor was read from
    record LineView(
            String scope,
            String item,
            String formula,
            BigDecimal kg,
            String factor,
            String source,
            URI url) {

        static LineView of(DeclaredReport.Line line) {
            return new LineView(
                    line.scope(),
                    line.item(),
                    line.formula(),
                    line.kilograms(),
                    line.factor(),
                    line.source(),
                    URI.create(line.url()));
        }
    }

    record CheckView(
            String check,
            DeclaredReport.Outcome outcome,
            int points,
            String found,
            String threshold) {

        static CheckView of(DeclaredReport.Check check) {
            return new CheckView(
                    check.name(),
                    check.outcome(),
                    check.points(),
                    check.found(),
                    check.threshold());
        }
    }

    /// What the checks come to, all together.
    enum Outcome {
        /// Every check passed, the bills among them. A machine looked, and no third party.
        CONSISTENT_WITH_BILLS,
        /// Nothing speaks against it, and not everything that would speak for it is there.
        SELF_DECLARED,
        /// A check failed.
        CONTRADICTED
    }

    /// @param verified whether every check passed
    record VerifiedView(
            String message,
            UUID reportId,
            boolean verified,
            Outcome outcome,
            int verificationScore,
            BigDecimal emissionsKg,
            List<CheckView> checks) {

        static VerifiedView of(DeclaredReport report) {
            var outcome =
                    report.isContradicted()
                            ? Outcome.CONTRADICTED
                            : report.isVerified()
                                    ? Outcome.CONSISTENT_WITH_BILLS
                                    : Outcome.SELF_DECLARED;
            return new VerifiedView(
                    "Checked by machine, not verified by a third party",
                    report.id(),
                    report.isVerified(),
                    outcome,
                    report.score(),
                    Shelf.kilograms(report.emissions().grams()),
                    report.checks().stream().map(CheckView::of).toList());
        }
    }
}
