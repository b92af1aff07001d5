package org.wattmark.server.certificates;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.units.Canonical;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether certificates still stand, for many at once, so that asking tells nobody which one is
/// meant: W3C Recommendation "Bitstring Status List v1.0" of 15 May 2025.
///
/// A list covers 65,536 entries of the journal, with two bits for each: revoked (recalled or
/// reversed), then suspended. Where a retirement stands in the lists follows from its sequence.
public final class StatusList {

    static final String REVOCATION = "revocation";
    static final String SUSPENSION = "suspension";

    /// The smallest list that the Recommendation allows (section 6.1): 131,072 bits.
    private static final int BYTES = 16 * 1_024;

    private static final int BITS_EACH = 2;
    static final int ENTRIES = BYTES * Byte.SIZE / BITS_EACH;

    /// After that a reader asks again.
    static final Duration FRESH = Duration.ofMinutes(1);

    /// After that it says nothing any more.
    static final Duration VALID = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("/status-lists/(0|[1-9][0-9]{0,12})$");

    private final byte[] bits = new byte[BYTES];

    /// A list in which nothing is said of anybody: all stand.
    StatusList() {}

    /// Where a retirement stands.
    ///
    /// @param list the number of its list
    record Place(long list, int revocation) {

        static Place of(long sequence) {
            return new Place(sequence / ENTRIES, (int) (sequence % ENTRIES) * BITS_EACH);
        }

        int suspension() {
            return revocation + 1;
        }
    }

    /// The number of the list in which the retirement of this sequence stands.
    public static long numberFor(long sequence) {
        return Place.of(sequence).list();
    }

    void set(long sequence, ClaimGuard.Standing standing) {
        var place = Place.of(sequence);
        switch (standing) {
            case VALID -> {}
            case SUSPENDED -> set(place.suspension());
            case RECALLED, REVERSED -> set(place.revocation());
        }
    }

    /// The first bit is the leftmost.
    private void set(int index) {
        bits[index / Byte.SIZE] |= (byte) (0x80 >> (index % Byte.SIZE));
    }

    private static boolean isSet(byte[] bits, int index) {
        return (bits[index / Byte.SIZE] & (0x80 >> (index % Byte.SIZE))) != 0;
    }

    /// @param log the name of the log whose entries it is about
    ObjectNode unsigned(URI base, long number, String log, Instant now) {
        var id = CertificateLinks.statusList(base, number).toString();
        var json = DataIntegrity.JSON.createObjectNode();
        Credential.context(json);
        json.put("id", id);
        json.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
        json.put("issuer", Credential.did(base));
        json.put("validFrom", now.toString());
        json.put("validUntil", now.plus(VALID).toString());
        var subject = json.putObject("credentialSubject");
        subject.put("id", id + "#list").put("type", "BitstringStatusList");
        subject.putArray("statusPurpose").add(REVOCATION).add(SUSPENSION);
        subject.put("encodedList", "u" + encoded()).put("log", log);
        subject.put("ttl", FRESH.toMillis());
        return json;
    }

    private String encoded() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(bits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /// A list that was read and whose signature is that of a trusted key.
    public static final class Given {

        private final long number;
        private final String log;
        private final Instant made;
        private final Instant expires;
        private final byte[] bits;

        private Given(long number, String log, Instant made, Instant expires, byte[] bits) {
            this.number = number;
            this.log = log;
            this.made = made;
            this.expires = expires;
            this.bits = bits;
        }

        /// When the registry said so.
        public Instant made() {
            return made;
        }

        /// When it stops counting.
        public Instant expires() {
            return expires;
        }

        /// VALID, SUSPENDED or RECALLED; a list does not tell a recall from a reversal.
        ///
        /// @param origin the name of the log that the retirement stands in
        /// @param retired when it was retired: a list from before knows nothing of it
        /// @throws Canonical.Malformed where the list is not about this retirement
        public ClaimGuard.Standing of(String origin, long sequence, Instant retired)
                throws Canonical.Malformed {
            var place = Place.of(sequence);
            if (!log.equals(origin)) {
                throw new Canonical.Malformed("it is about another log, " + log);
            }
            if (place.list() != number) {
                throw new Canonical.Malformed(
                        "it is list %d, and the retirement stands in list %d"
                                .formatted(number, place.list()));
            }
            if (made.isBefore(retired)) {
                throw new Canonical.Malformed("it is from before the retirement, " + made);
            }
            if (isSet(bits, place.revocation())) {
                return ClaimGuard.Standing.RECALLED;
            }
            return isSet(bits, place.suspension())
                    ? ClaimGuard.Standing.SUSPENDED
                    : ClaimGuard.Standing.VALID;
        }
    }

    /// No trusted key has signed the list.
    public static final class Untrusted extends Exception {

        private static final long serialVersionUID = 1L;

        Untrusted(String issuer) {
            super(issuer);
        }
    }

    /// Reads a list and checks its signature.
    ///
    /// @param trusted issuers by their key, `publicKeyMultibase`
    /// @throws Untrusted with the name of the issuer, where none of its keys is trusted
    /// @throws Canonical.Malformed where the file is no list, or its signature is false
    public static Given read(byte[] file, Map<String, String> trusted)
            throws Canonical.Malformed, Untrusted {
        var json = DataIntegrity.parse(file);
        var issuer = json.path("issuer").asString("");
        var method = DataIntegrity.method(json).orElse("");
        var key = method.startsWith(issuer + "#") ? method.substring(issuer.length() + 1) : "";
        if (issuer.isEmpty() || !issuer.equals(trusted.get(key))) {
            throw new Untrusted(method.isEmpty() ? "nobody" : method);
        }
        if (!DataIntegrity.verify(json, key)) {
            throw new Canonical.Malformed("its signature is false");
        }
        return parse(json);
    }

    private static Given parse(ObjectNode json) throws Canonical.Malformed {
        var subject = json.path("credentialSubject");
        var number = NUMBER.matcher(json.path("id").asString(""));
        if (!has(json.path("type"), "BitstringStatusListCredential")
                || !has(subject.path("statusPurpose"), REVOCATION)
                || !has(subject.path("statusPurpose"), SUSPENSION)
                || !number.find()) {
            throw new Canonical.Malformed("not a status list");
        }
        try {
            return new Given(
                    Long.parseLong(number.group(1)),
                    subject.path("log").asString(""),
                    Instant.parse(json.path("validFrom").asString("")),
                    Instant.parse(json.path("validUntil").asString("")),
                    decoded(subject.path("encodedList").asString("")));
        } catch (DateTimeException e) {
            throw new Canonical.Malformed("a status list says when it was made");
        }
    }

    private static boolean has(JsonNode values, String wanted) {
        return values.valueStream().anyMatch(it -> it.asString("").equals(wanted));
    }

    private static byte[] decoded(String encoded) throws Canonical.Malformed {
        if (!encoded.startsWith("u")) {
            throw new Canonical.Malformed("a status list is base64url");
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(encoded.substring(1));
            try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                var bits = gzip.readNBytes(BYTES + 1);
                if (bits.length != BYTES) {
                    throw new Canonical.Malformed("a status list has " + BYTES + " bytes");
                }
                return bits;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Canonical.Malformed("its bits cannot be read");
        }
    }
}
