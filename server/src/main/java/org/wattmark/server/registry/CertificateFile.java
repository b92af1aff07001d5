package org.wattmark.server.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TlogProof;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A certificate as a file: JSON that a person can read and `wattmark verify` proves.
///
/// The words for people follow from the proven bytes, so a file has one form: a changed byte
/// anywhere in it is found.
public final class CertificateFile {

    public static final String FORMAT = "wattmark-certificate/v1";

    /// A file's limit: a certificate has about 4 kB.
    public static final int MAX_BYTES = 64 * 1024;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private CertificateFile() {}

    public static byte[] write(Certificate certificate) throws Canonical.Malformed {
        return JSON.writeValueAsString(Content.of(certificate)).getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a file that [#write] wrote; a stranger's file, or one that was changed in any byte
    /// that is not part of the proof itself, is [Canonical.Malformed].
    public static Certificate read(byte[] file) throws Canonical.Malformed {
        if (file.length > MAX_BYTES) {
            throw new Canonical.Malformed("larger than " + MAX_BYTES + " bytes");
        }
        var certificate = parse(file);
        if (!Arrays.equals(write(certificate), file)) {
            throw new Canonical.Malformed("what the file says is not what its leaf proves");
        }
        if (!certificate.proof().extra().isEmpty()) {
            throw new Canonical.Malformed("its proof has an extra line, which nothing proves");
        }
        return certificate;
    }

    private static Certificate parse(byte[] file) throws Canonical.Malformed {
        try {
            var content = JSON.readValue(file, Content.class);
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

        static Content of(Certificate certificate) throws Canonical.Malformed {
            var statement = certificate.statement();
            return new Content(
                    FORMAT,
                    headline(statement),
                    statement.unitClass().name(),
                    statement.beneficiary(),
                    statement.purpose(),
                    Facts.of(statement),
                    claims(statement),
                    Proof.of(certificate));
        }

        private static String headline(RetirementStatement statement) {
            var words =
                    statement.beneficiary()
                            + ": "
                            + statement.quantity().tonnes().toPlainString()
                            + " t CO2e retired on "
                            + statement.at();
            return statement.unitClass() == UnitClass.TEST
                    ? "TEST, NOT REAL. " + words + " (simulated or demo-approved units)"
                    : words;
        }

        private static List<String> claims(RetirementStatement statement) {
            var verified =
                    switch (statement.verifiedBy()) {
                        case VerifiedBy.Machine(var policy, var version) ->
                                "Machine-checked under policy "
                                        + policy
                                        + "/"
                                        + version
                                        + ", not verified by a third party.";
                        case VerifiedBy.Verifier(var organisation) ->
                                "Verified by organisation " + organisation + ".";
                    };
            return List.of(
                    verified,
                    "Avoided emissions, quantified by Wattmark's "
                            + statement.methodology()
                            + styleOf(statement.methodology())
                            + "; not a CDM, CORSIA or CCP unit.",
                    statement.unitClass() == UnitClass.TEST
                            ? "Units of class TEST support no environmental claim."
                            : "These units are used for good; no one else can use them.");
        }
    }

    /// After whose rules it is made where that is of one kind; the methodology's page says more.
    private static String styleOf(MethodologyId methodology) {
        return methodology.name().equals(SolarDisplacement.ID.name()) ? " (AMS-I.F style)" : "";
    }

    private record Facts(
            String id,
            long grams,
            String block,
            long firstSerial,
            long lastSerial,
            int vintage,
            String project,
            String region,
            String methodology,
            String claim,
            String assuranceTier,
            String holder,
            String at) {

        static Facts of(RetirementStatement statement) {
            return new Facts(
                    statement.id().toString(),
                    statement.quantity().grams(),
                    statement.block().toString(),
                    statement.serials().first(),
                    statement.serials().last(),
                    statement.vintage().getValue(),
                    statement.project().toString(),
                    statement.region(),
                    statement.methodology().toString(),
                    statement.claim().toString(),
                    statement.tier().name(),
                    statement.holder().value(),
                    statement.at().toString());
        }
    }

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
}
