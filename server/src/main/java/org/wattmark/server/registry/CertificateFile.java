package org.wattmark.server.registry;

import java.util.List;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.units.Canonical;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// A certificate of retired credits as a file: JSON that a person can read and `wattmark verify`
/// proves.
public final class CertificateFile {

    public static final String FORMAT = "wattmark-certificate/v1";

    public static final int MAX_BYTES = ProofFile.MAX_BYTES;

    private CertificateFile() {}

    public static byte[] write(Certificate certificate) throws Canonical.Malformed {
        var statement = certificate.statement();
        return ProofFile.write(
                FORMAT,
                headline(statement),
                statement.unitClass(),
                Facts.of(statement),
                claims(statement),
                certificate);
    }

    /// Reads a file that [#write] wrote; a stranger's file, or one that was changed in any byte
    /// that is not part of the proof itself, is [Canonical.Malformed].
    public static Certificate read(byte[] file) throws Canonical.Malformed {
        return ProofFile.read(file, CertificateFile::write);
    }

    private static String headline(RetirementStatement statement) {
        return statement.beneficiary()
                + ": "
                + statement.quantity().tonnes().toPlainString()
                + " t CO2e retired on "
                + statement.at();
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
}
