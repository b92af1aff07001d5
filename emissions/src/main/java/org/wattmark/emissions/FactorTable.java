package org.wattmark.emissions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Year;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.wattmark.emissions.EmissionFactor.Boundary;
import org.wattmark.emissions.EmissionFactor.Gases;
import org.wattmark.emissions.EmissionFactor.Kind;

/// The table that ships with Wattmark: three files of tab-separated columns, a heading each, no
/// quoting. `docs/factors.md` says where their figures come from.
final class FactorTable {

    static final String SOURCES = "grid-factor-sources.tsv";
    static final String REGIONS = "grid-regions.tsv";
    static final String FACTORS = "grid-factors.tsv";

    private record Publication(Source source, Year year, Gases gases, Boundary boundary) {}

    private FactorTable() {}

    static List<Region> regions() {
        return rows(REGIONS, "code", "alpha2", "name", "extent")
                .map(row ->
                        new Region(
                                row[0],
                                Optional.of(row[1]).filter(code -> !code.isEmpty()),
                                row[2],
                                Region.Extent.valueOf(row[3])))
                .toList();
    }

    static List<EmissionFactor> factors(Map<String, Region> regions) {
        var publications = publications();
        return rows(FACTORS, "source", "region", "kind", "grams_per_kilowatt_hour")
                .map(row -> {
                    var publication = known(publications, row[0]);
                    return new EmissionFactor(
                            known(regions, row[1]),
                            Kind.ofCode(row[2]),
                            new BigDecimal(row[3]),
                            publication.year(),
                            publication.gases(),
                            publication.boundary(),
                            publication.source());
                })
                .toList();
    }

    private static Map<String, Publication> publications() {
        var publications = new HashMap<String, Publication>();
        rows(
                        SOURCES,
                        "id",
                        "year",
                        "gases",
                        "boundary",
                        "document",
                        "edition",
                        "table",
                        "url",
                        "licence")
                .forEach(row ->
                        publications.put(
                                row[0],
                                new Publication(
                                        new Source(row[0], row[4], row[5], row[6], row[7], row[8]),
                                        Year.parse(row[1]),
                                        Gases.valueOf(row[2]),
                                        Boundary.valueOf(row[3]))));
        return publications;
    }

    private static <T> T known(Map<String, T> all, String key) {
        var found = all.get(key);
        if (found == null) {
            throw new IllegalStateException("the factor table does not know " + key);
        }
        return found;
    }

    private static Stream<String[]> rows(String file, String... heading) {
        var lines = new String(bytes(file), UTF_8).lines().map(line -> line.split("\t", -1));
        return lines.peek(row -> checkWidth(file, row, heading)).skip(1);
    }

    private static void checkWidth(String file, String[] row, String[] heading) {
        if (row.length != heading.length) {
            throw new IllegalStateException(
                    file + ": expected " + heading.length + " columns in " + Arrays.toString(row));
        }
    }

    static byte[] bytes(String file) {
        try (var in = FactorTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
