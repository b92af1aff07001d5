package org.wattmark.server.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.wattmark.registry.Certificate;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TlogProof;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the proof of a retirement says as a file, in the order in which a person reads it.
///
/// The words for people follow from the proven bytes, so a file has one form: a changed byte
/// anywhere in it is found.
record ProofFile(
        String format,
        String statement,
        String unitClass,
        String beneficiary,
        String purpose,
        JsonNode facts,
        List<String> whatMayBeSaid,
        Proof proof) {

    /// A file's limit: a certificate has about 4 kB.
    static final int MAX_BYTES = 64 * 1024;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /// @param leaf the log's bytes, base64
    /// @param salt of the commitment to beneficiary and purpose, hex
    /// @param tlogProof the lines of a C2SP tlog-proof
    private record Proof(String leaf, String salt, List<String> tlogProof) {

        static Proof of(Certificate certificate) {
            return new Proof(
                    Base64.getEncoder().encodeToString(certificate.leaf().toByteArray()),
                    certificate.salt().hex(),
                    certificate.proof().format().lines().toList());
        }
    }

    /// How a file of some format is written.
    interface Form {

        byte[] write(Certificate certificate) throws Canonical.Malformed;
    }

    /// @param headline for people
    /// @param facts a record: its members in their order
    static byte[] write(
            String format,
            String headline,
            UnitClass unitClass,
            Object facts,
            List<String> whatMayBeSaid,
            Certificate certificate) {
        var file =
                new ProofFile(
                        format,
                        marked(unitClass, headline),
                        unitClass.name(),
                        certificate.beneficiary(),
                        certificate.purpose(),
                        JSON.valueToTree(facts),
                        whatMayBeSaid,
                        Proof.of(certificate));
        return JSON.writeValueAsString(file).getBytes(StandardCharsets.UTF_8);
    }

    /// Whoever reads the first line alone is not misled either.
    static String marked(UnitClass unitClass, String words) {
        return unitClass == UnitClass.TEST
                ? "TEST, NOT REAL. " + words + " (simulated or demo-approved units)"
                : words;
    }

    /// Whether a file says that it is of this format; [#read] says whether that is true.
    static boolean isOf(String format, byte[] file) {
        if (file.length > MAX_BYTES) {
            return false;
        }
        try {
            return format.equals(JSON.readTree(file).path("format").asString(""));
        } catch (JacksonException e) {
            return false;
        }
    }

    /// Reads a file that this form wrote; a stranger's file, or one that was changed in any byte
    /// that is not part of the proof itself, is [Canonical.Malformed].
    static Certificate read(byte[] file, Form form) throws Canonical.Malformed {
        if (file.length > MAX_BYTES) {
            throw new Canonical.Malformed("larger than " + MAX_BYTES + " bytes");
        }
        var certificate = parse(file);
        if (!Arrays.equals(form.write(certificate), file)) {
            throw new Canonical.Malformed("what the file says is not what its leaf proves");
        }
        if (!certificate.proof().extra().isEmpty()) {
            throw new Canonical.Malformed("its proof has an extra line, which nothing proves");
        }
        return certificate;
    }

    private static Certificate parse(byte[] file) throws Canonical.Malformed {
        try {
            var content = JSON.readValue(file, ProofFile.class);
            return new Certificate(
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
}
