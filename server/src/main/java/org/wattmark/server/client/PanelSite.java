package org.wattmark.server.client;

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

/// Where panels stand and how large they are, as a command reads it from `--site FILE.json`.
///
/// @param country ISO 3166-1 alpha-2: its grid's factor turns energy into grams
public record PanelSite(
        String zone,
        BigDecimal latitude,
        BigDecimal longitude,
        int altitudeMetres,
        String country,
        long wattsPeak,
        Mounting mounting) {

    /// A roof in Bristol with 4 kWp.
    public static final PanelSite DEFAULT =
            new PanelSite(
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

    public static PanelSite read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailed("cannot read " + file);
        }
        try {
            var site = JSON.readValue(Files.readAllBytes(file), PanelSite.class);
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

    public Site site() {
        return new Site(ZoneId.of(zone), latitude, longitude, altitudeMetres, country);
    }

    public Installation installation() {
        return new Installation(wattsPeak, mounting);
    }
}
