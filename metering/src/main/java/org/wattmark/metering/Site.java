package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.regex.Pattern;

/// Where a device stands, which decides how high its sun can be and when its civil day begins.
///
/// @param latitude degrees north, −90 to 90
/// @param longitude degrees east, −180 to 180
/// @param altitudeMetres above sea level, −500 to 9,000
/// @param country ISO 3166-1 alpha-2, such as `DE`
public record Site(
        ZoneId zone,
        BigDecimal latitude,
        BigDecimal longitude,
        int altitudeMetres,
        String country) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    public Site {
        latitude = degrees(latitude, 90, "latitude");
        longitude = degrees(longitude, 180, "longitude");
        if (altitudeMetres < -500 || altitudeMetres > 9_000) {
            throw new IllegalArgumentException(
                    "altitude lies between -500 and 9000 m, not " + altitudeMetres);
        }
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("country is two capital letters (ISO 3166-1)");
        }
    }

    /// `Site.of("America/Denver", "39.742", "-105.173", 1830, "US")`
    public static Site of(
            String zone, String latitude, String longitude, int altitudeMetres, String country) {
        return new Site(
                ZoneId.of(zone),
                new BigDecimal(latitude),
                new BigDecimal(longitude),
                altitudeMetres,
                country);
    }

    /// Trailing zeros go, so that one place has one form.
    private static BigDecimal degrees(BigDecimal value, int limit, String what) {
        if (value.abs().compareTo(BigDecimal.valueOf(limit)) > 0) {
            throw new IllegalArgumentException(
                    what + " lies between -" + limit + " and " + limit + " degrees");
        }
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
