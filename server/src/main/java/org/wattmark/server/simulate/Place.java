package org.wattmark.server.simulate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.wattmark.metering.Site;
import org.wattmark.server.CommandFailed;

/// Cities where simulated panels stand: on both hemispheres, by the sea and high up, dry and
/// cloudy. Coordinates are those of the city's centre to a hundredth of a degree, which is a
/// kilometre.
enum Place {
    BRISTOL("Europe/London", "51.45", "-2.59", 11, "GB"),
    BERLIN("Europe/Berlin", "52.52", "13.40", 34, "DE"),
    MADRID("Europe/Madrid", "40.42", "-3.70", 667, "ES"),
    ROME("Europe/Rome", "41.90", "12.50", 21, "IT"),
    TROMSO("Europe/Oslo", "69.65", "18.96", 10, "NO"),
    CAIRO("Africa/Cairo", "30.04", "31.24", 23, "EG"),
    NAIROBI("Africa/Nairobi", "-1.29", "36.82", 1_795, "KE"),
    LAGOS("Africa/Lagos", "6.52", "3.38", 41, "NG"),
    CAPE_TOWN("Africa/Johannesburg", "-33.92", "18.42", 10, "ZA"),
    DELHI("Asia/Kolkata", "28.61", "77.21", 216, "IN"),
    TOKYO("Asia/Tokyo", "35.68", "139.69", 40, "JP"),
    SYDNEY("Australia/Sydney", "-33.87", "151.21", 58, "AU"),
    AUCKLAND("Pacific/Auckland", "-36.85", "174.76", 26, "NZ"),
    SAO_PAULO("America/Sao_Paulo", "-23.55", "-46.63", 760, "BR"),
    LA_PAZ("America/La_Paz", "-16.49", "-68.12", 3_640, "BO"),
    MEXICO_CITY("America/Mexico_City", "19.43", "-99.13", 2_240, "MX"),
    DENVER("America/Denver", "39.74", "-104.99", 1_609, "US"),
    PHOENIX("America/Phoenix", "33.45", "-112.07", 331, "US");

    private final String zone;
    private final String latitude;
    private final String longitude;
    private final int altitudeMetres;
    private final String country;

    Place(String zone, String latitude, String longitude, int altitudeMetres, String country) {
        this.zone = zone;
        this.latitude = latitude;
        this.longitude = longitude;
        this.altitudeMetres = altitudeMetres;
        this.country = country;
    }

    Site site() {
        return Site.of(zone, latitude, longitude, altitudeMetres, country);
    }

    /// `cape-town`, as it is given on the command line.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Place of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailed(
                                "--place '"
                                        + label
                                        + "' is not known; there are "
                                        + Arrays.stream(values())
                                                .map(Place::label)
                                                .collect(Collectors.joining(", "))));
    }
}
