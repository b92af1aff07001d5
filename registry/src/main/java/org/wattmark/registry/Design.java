package org.wattmark.registry;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Period;
import org.wattmark.verification.Additionality;

/// How a project will reduce emissions, as its proponent describes it before anything is claimed.
/// All of it is public, but who submitted it.
///
/// @param number of the project's designs, from 1
/// @param document the design document, by its SHA-256
/// @param summary for the public page
/// @param location for the public page: a town or district, never a household's address
/// @param site the place whose energy is claimed; projects at one place name the same
/// @param crediting when its reductions may be claimed, in whole years of the site's calendar
/// @param renewable whether it may be followed by another, for which the design is validated anew
/// @param exclusivity what the proponent declares of other schemes, support and caps
/// @param additionality why the project would not have happened anyway
/// @param submittedBy the person, who may therefore not validate
public record Design(
        UUID project,
        int number,
        Sha256 document,
        String summary,
        String location,
        UUID site,
        Period crediting,
        boolean renewable,
        String exclusivity,
        Optional<Additionality> additionality,
        UUID submittedBy) {

    /// Crediting periods of the CDM (decision 3/CMP.1, annex, paragraph 49): seven years, which may
    /// be renewed twice, or ten years without renewal.
    public static final int MOST_YEARS_RENEWABLE = 7;

    public static final int MOST_YEARS_FIXED = 10;
    public static final int MOST_RENEWALS = 2;

    public static final int MAX_SUMMARY = 2_000;
    public static final int MAX_LOCATION = 200;
    public static final int MAX_EXCLUSIVITY = 1_000;

    public Design {
        requireWords("a summary", summary, MAX_SUMMARY);
        requireWords("a location", location, MAX_LOCATION);
        requireWords("an exclusivity declaration", exclusivity, MAX_EXCLUSIVITY);
        if (number < 1) {
            throw new IllegalArgumentException("designs count from 1");
        }
    }

    private static void requireWords(String what, String text, int most) {
        if (text.isBlank() || text.length() > most) {
            throw new IllegalArgumentException(what + " has 1 to " + most + " characters");
        }
    }

    public byte[] content() {
        return content(DesignSubmitted.DOMAIN);
    }

    public static Design of(byte[] content) throws Malformed {
        return DesignSubmitted.of(content).design();
    }

    byte[] content(String domain) {
        return Canonical.of(domain)
                .id(project)
                .number(number)
                .bytes(document.bytes())
                .text(summary)
                .text(location)
                .id(site)
                .period(crediting)
                .number(renewable ? 1 : 0)
                .text(exclusivity)
                .bytes(additionality.map(Additionality::content).orElse(new byte[0]))
                .id(submittedBy)
                .toByteArray();
    }

    static Design read(Canonical.Reader reader) throws Malformed {
        return new Design(
                reader.id(),
                Math.toIntExact(reader.number()),
                Sha256.ofDigest(reader.bytes()),
                reader.text(),
                reader.text(),
                reader.id(),
                reader.period(),
                reader.number() == 1,
                reader.text(),
                answers(reader.bytes()),
                reader.id());
    }

    private static Optional<Additionality> answers(byte[] content) throws Malformed {
        return content.length == 0 ? Optional.empty() : Optional.of(Additionality.of(content));
    }
}
