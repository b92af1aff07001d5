package org.wattmark.rewards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A published price of electricity that comes with Wattmark, to propose a tariff from. By itself
/// it applies nowhere: two persons of the operator confirm it, as any other.
public record SeedTariff(
        TariffRegion region,
        Currency currency,
        BigDecimal perKilowattHour,
        LocalDate from,
        String source) {

    private static final String RESOURCE = "tariffs.csv";
    private static final String COMMENT = "# ";
    private static final String HEADER = "region,currency,from,per_kilowatt_hour,source";

    /// All of them, by region and day. Each line names its source, which the file's head describes.
    public static List<SeedTariff> shipped() {
        var sources = new HashMap<String, String>();
        var seeds = new ArrayList<SeedTariff>();
        for (var line : lines()) {
            if (line.startsWith(COMMENT)) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    sources.put(line.substring(COMMENT.length(), colon), line.substring(colon + 2));
                }
            } else if (!line.equals(HEADER)) {
                seeds.add(of(line.split(",", -1), sources));
            }
        }
        return List.copyOf(seeds);
    }

    private static SeedTariff of(String[] fields, Map<String, String> sources) {
        return new SeedTariff(
                new TariffRegion(fields[0]),
                Currency.getInstance(fields[1]),
                new BigDecimal(fields[3]),
                LocalDate.parse(fields[2]),
                Objects.requireNonNull(sources.get(fields[4]), fields[4]));
    }

    private static List<String> lines() {
        try (InputStream file =
                Objects.requireNonNull(SeedTariff.class.getResourceAsStream(RESOURCE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The tariff that comes of it under a proposal's id.
    public Tariff toTariff(UUID id) {
        return new Tariff(id, region, currency, perKilowattHour, from, source);
    }
}
