package org.wattmark.server.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.server.CommandFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Where the demo's panels stand, and how large they are; `--site FILE.json` reads another.
///
/// @param country ISO 3166-1 alpha-2: its grid's factor turns energy into grams
record DemoSite(
        String zone,
        BigDecimal latitude,
        BigDecimal longitude,
        int altitudeMetres,
        String country,
        long wattsPeak,
        Mounting mounting) {

    /// A roof in Bristol with 4 kWp.
    static final DemoSite DEFAULT =
            new DemoSite(
                    "Europe/London",
                    new BigDecimal("51.4545"),
                    new BigDecimal("-2.5879"),
                    11,
                    "GB",
                    4_000,
                    Mounting.FIXED);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    static DemoSite read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailed("cannot read " + file);
        }
        try {
            var site = JSON.readValue(Files.readAllBytes(file), DemoSite.class);
            site.site();
            site.installation();
            return site;
        } catch (JacksonException e) {
            throw new CommandFailed(file + " is no site: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new CommandFailed(
                    file
                            + " is no site ("
                            + e.getMessage()
                            + "); it has zone, latitude, longitude, altitude_metres, country,"
                            + " watts_peak and mounting");
        }
    }

    Site site() {
        return new Site(ZoneId.of(zone), latitude, longitude, altitudeMetres, country);
    }

    Installation installation() {
        return new Installation(wattsPeak, mounting);
    }
}
