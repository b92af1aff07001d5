package org.wattmark.server.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.registry.GranularProof;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TlogProof;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The proof of a retired hour as a file, as [CertificateFile] is of credits: its words follow from
/// the proven bytes, so a changed byte anywhere in it is found.
public final class GranularFile {

    public static final String FORMAT = "wattmark-granular-certificate/v1";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private GranularFile() {}

    public static byte[] write(GranularProof proof) throws Canonical.Malformed {
        return JSON.writeValueAsString(Content.of(proof)).getBytes(StandardCharsets.UTF_8);
    }

    /// Whether the file says that it is one; [#read] says whether that is true.
    public static boolean looksLike(byte[] file) {
        if (file.length > CertificateFile.MAX_BYTES) {
            return false;
        }
        try {
            return FORMAT.equals(JSON.readTree(file).path("format").asString(""));
        } catch (JacksonException e) {
            return false;
        }
    }

    /// Reads a file that [#write] wrote; one that was changed in any byte that is not part of the
    /// proof itself is [Canonical.Malformed].
    public static GranularProof read(byte[] file) throws Canonical.Malformed {
        if (file.length > CertificateFile.MAX_BYTES) {
            throw new Canonical.Malformed("larger than " + CertificateFile.MAX_BYTES + " bytes");
        }
        var proof = parse(file);
        if (!Arrays.equals(write(proof), file)) {
            throw new Canonical.Malformed("what the file says is not what its leaf proves");
        }
        if (!proof.proof().extra().isEmpty()) {
            throw new Canonical.Malformed("its proof has an extra line, which nothing proves");
        }
        return proof;
    }

    private static GranularProof parse(byte[] file) throws Canonical.Malformed {
        try {
            var content = JSON.readValue(file, Content.class);
            return new GranularProof(
                    Bytes.of(Base64.getDecoder().decode(content.proof().leaf())),
                    content.beneficiary(),
                    content.purpose(),
                    Bytes.ofHex(content.proof().salt()),
                    TlogProof.parse(String.join("\n", content.proof().tlogProof()) + "\n"));
        } catch (JacksonException e) {
            throw new Canonical.Malformed("not a certificate: " + e.getOriginalMessage());
        } catch (MalformedException e) {
            throw new Canonical.Malformed("its proof cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new Canonical.Malformed("not a certificate");
        }
    }

    /// @return for people, such as `A bakery: 412 Wh of solar power made and used in …`
    public static String headline(GranularRetirement retired) {
        var words =
                "%s: %d Wh of solar power, made in the hour from %s and used from %s to %s"
                        .formatted(
                                retired.beneficiary(),
                                retired.quantity().wattHours(),
                                retired.hour(),
                                retired.consumption().start(),
                                retired.consumption().end());
        return retired.unitClass() == UnitClass.TEST
                ? "TEST, NOT REAL. " + words + " (simulated or demo-approved units)"
                : words;
    }

    /// What the file says, in the order in which a person reads it.
    private record Content(
            String format,
            String statement,
            String unitClass,
            String beneficiary,
            String purpose,
            Facts facts,
            List<String> whatMayBeSaid,
            Proof proof) {

        static Content of(GranularProof proof) throws Canonical.Malformed {
            var retired = proof.statement();
            return new Content(
                    FORMAT,
                    headline(retired),
                    retired.unitClass().name(),
                    retired.beneficiary(),
                    retired.purpose(),
                    Facts.of(retired),
                    claims(retired),
                    Proof.of(proof));
        }

        private static List<String> claims(GranularRetirement retired) {
            return List.of(
                    switch (retired.approval()) {
                        case MACHINE -> "Machine-checked, not looked at by a person.";
                        case OPERATOR -> "Approved by a person of the registry.";
                    },
                    retired.unitClass() == UnitClass.TEST
                            ? "Units of class TEST support no environmental claim."
                            : "It may be used for electricity consumed in this hour, in"
                                    + " market-based scope 2 accounting. No one else can use it.",
                    "It is no carbon credit, and nothing is offset by it.");
        }
    }

    private record Facts(
            String id,
            long wattHours,
            String certificate,
            long firstSerial,
            long lastSerial,
            String energySource,
            String device,
            String producedFrom,
            String producedUntil,
            String consumedFrom,
            String consumedUntil,
            String project,
            String region,
            String issuance,
            String assuranceTier,
            String holder,
            String at) {

        static Facts of(GranularRetirement retired) {
            return new Facts(
                    retired.id().toString(),
                    retired.quantity().wattHours(),
                    retired.certificate().toString(),
                    retired.serials().first(),
                    retired.serials().last(),
                    GranularCertificate.ENERGY_SOURCE,
                    retired.device().toString(),
                    retired.production().start().toString(),
                    retired.production().end().toString(),
                    retired.consumption().start().toString(),
                    retired.consumption().end().toString(),
                    retired.project().toString(),
                    retired.region(),
                    retired.issuance().toString(),
                    retired.tier().name(),
                    retired.holder().value(),
                    retired.at().toString());
        }
    }

    /// @param leaf the log's bytes, base64
    /// @param salt of the commitment to beneficiary and purpose, hex
    /// @param tlogProof the lines of a C2SP tlog-proof
    private record Proof(String leaf, String salt, List<String> tlogProof) {

        static Proof of(GranularProof proof) {
            return new Proof(
                    Base64.getEncoder().encodeToString(proof.leaf().toByteArray()),
                    proof.salt().hex(),
                    proof.proof().format().lines().toList());
        }
    }
}
