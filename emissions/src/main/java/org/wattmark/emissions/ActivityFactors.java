package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wattmark.emissions.ActivityFactor.Gases;
import org.wattmark.units.Canonical;

/// Factors of activities for inventories, by id and by the path of headings in their publication.
/// Factors that count avoided emissions are not among them: those are [WarmFactors].
public final class ActivityFactors {

    private static final EmissionFactorSet SHIPPED = new EmissionFactorSet("activity-factors", 1);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    /// Warming potentials of AR5 over 100 years without feedback (IPCC AR5 WG1, table 8.A.1), which
    /// the US EPA Hub says to use with its gases.
    private static final BigDecimal CH4 = BigDecimal.valueOf(28);

    private static final BigDecimal N2O = BigDecimal.valueOf(265);

    private static final List<String> YEARS = List.of("2023", "2024", "2025");

    private final Map<String, ActivitySource> sources = new LinkedHashMap<>();
    private final Map<String, ActivityFactor> byId = new TreeMap<>();
    private final Map<String, List<ActivityFactor>> byPlace = new HashMap<>();

    /// Energy per unit of distance, in kWh: what the UK's energy reports need beside emissions.
    private final Map<String, List<ActivityFactor>> energyByPlace = new HashMap<>();

    private ActivityFactors() {}

    /// The factors that ship with Wattmark; `docs/factors.md` says where they come from.
    public static ActivityFactors shipped() {
        var factors = new ActivityFactors();
        factors.readSources();
        factors.readUk();
        factors.readUs();
        return factors;
    }

    private void readSources() {
        TsvFile.rows(
                        "activity-sources.tsv",
                        "id",
                        "region",
                        "edition_year",
                        "first_year",
                        "last_year",
                        "document",
                        "edition",
                        "table",
                        "url",
                        "licence",
                        "gwp")
                .forEach(row ->
                        sources.put(
                                row[0],
                                new ActivitySource(
                                        new Source(row[0], row[5], row[6], row[7], row[8], row[9]),
                                        Optional.of(row[1]).filter(code -> !code.equals("*")),
                                        Year.parse(row[2]),
                                        Year.parse(row[3]),
                                        Year.parse(row[4]),
                                        row[10])));
    }

    private void readUk() {
        TsvFile.rows(
                        "desnz-factors.tsv",
                        "row",
                        "measure",
                        "path",
                        "unit",
                        "total_2023",
                        "gases_2023",
                        "total_2024",
                        "gases_2024",
                        "total_2025",
                        "gases_2025")
                .forEach(row -> {
                    for (int i = 0; i < YEARS.size(); i++) {
                        if (!row[4 + 2 * i].isEmpty()) {
                            addUk(row, YEARS.get(i), row[4 + 2 * i], row[5 + 2 * i]);
                        }
                    }
                });
    }

    private void addUk(String[] row, String year, String total, String gases) {
        var source = source("desnz-" + year);
        var factor =
                new ActivityFactor(
                        source.id() + "/" + row[0],
                        source,
                        row[2],
                        ActivityUnits.of(row[3]),
                        new BigDecimal(total),
                        split(gases));
        if (row[1].startsWith("kWh")) {
            energyByPlace.computeIfAbsent(place(factor), _ -> new ArrayList<>()).add(factor);
        } else {
            add(factor);
        }
    }

    private static Optional<Gases> split(String cell) {
        var parts = cell.split("\\|", -1);
        return parts.length == 3 && Arrays.stream(parts).noneMatch(String::isEmpty)
                ? Optional.of(
                        new Gases(
                                new BigDecimal(parts[0]),
                                new BigDecimal(parts[1]),
                                new BigDecimal(parts[2])))
                : Optional.empty();
    }

    private void readUs() {
        TsvFile.rows(
                        "epa-factors.tsv",
                        "source",
                        "row",
                        "path",
                        "unit",
                        "kg_co2",
                        "g_ch4",
                        "g_n2o",
                        "kg_co2e")
                .forEach(row -> {
                    var source = source(row[0]);
                    var gases =
                            row[7].isEmpty() ? Optional.of(gases(row)) : Optional.<Gases>empty();
                    var total =
                            gases.map(each -> each.co2().add(each.ch4()).add(each.n2o()))
                                    .orElseGet(() -> new BigDecimal(row[7]));
                    add(
                            new ActivityFactor(
                                    source.id() + "/" + row[1],
                                    source,
                                    row[2],
                                    ActivityUnits.of(row[3]),
                                    total,
                                    gases));
                });
    }

    private static Gases gases(String[] row) {
        return new Gases(
                number(row[4]),
                number(row[5]).multiply(CH4).divide(THOUSAND),
                number(row[6]).multiply(N2O).divide(THOUSAND));
    }

    private static BigDecimal number(String cell) {
        return cell.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cell);
    }

    private void add(ActivityFactor factor) {
        if (byId.put(factor.id(), factor) != null) {
            throw new IllegalStateException("a factor stands twice: " + factor.id());
        }
        byPlace.computeIfAbsent(place(factor), _ -> new ArrayList<>()).add(factor);
    }

    private static String place(ActivityFactor factor) {
        return place(factor.source(), factor.path());
    }

    private static String place(ActivitySource source, String path) {
        return source.id() + "/" + path;
    }

    private ActivitySource source(String id) {
        var source = sources.get(id);
        if (source == null) {
            throw new IllegalStateException("no source " + id);
        }
        return source;
    }

    public EmissionFactorSet set() {
        return SHIPPED;
    }

    public Collection<ActivitySource> sources() {
        return Collections.unmodifiableCollection(sources.values());
    }

    public Optional<ActivityFactor> factor(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// All factors, in order of their ids.
    public Collection<ActivityFactor> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /// The factors of one path in one edition: one for each unit that it prints.
    List<ActivityFactor> at(ActivitySource source, String path) {
        return byPlace.getOrDefault(place(source, path), List.of());
    }

    List<ActivityFactor> energyAt(ActivitySource source, String path) {
        return energyByPlace.getOrDefault(place(source, path), List.of());
    }

    /// Every path of the UK factors.
    Set<String> paths() {
        var paths = new TreeSet<String>();
        byId.values().stream()
                .filter(factor -> factor.id().startsWith("desnz-"))
                .forEach(factor -> paths.add(factor.path()));
        return paths;
    }

    /// Editions for a region, or those that know no region where it is empty, oldest first.
    List<ActivitySource> editions(Optional<String> region) {
        return sources.values().stream().filter(each -> each.region().equals(region)).toList();
    }

    /// SHA-256 over every factor's id, path, unit and value: it pins the set's version.
    public byte[] sha256() {
        var content = Canonical.of("wattmark/activity-factor-set/v1").text(SHIPPED.toString());
        content.number(byId.size());
        byId.forEach((id, factor) ->
                content.text(id)
                        .text(factor.path())
                        .text(factor.unit().symbol())
                        .decimal(factor.kilogramsPerUnit()));
        return content.sha256();
    }
}
