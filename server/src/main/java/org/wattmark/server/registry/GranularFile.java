package org.wattmark.server.registry;

import java.util.List;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;

/// The proof of a retired hour as a file, as [CertificateFile] is of credits.
public final class GranularFile {

    public static final String FORMAT = "wattmark-granular-certificate/v1";

    private GranularFile() {}

    public static byte[] write(Certificate certificate) throws Canonical.Malformed {
        var retired = certificate.hour();
        return ProofFile.write(
                FORMAT,
                words(retired),
                retired.unitClass(),
                Facts.of(retired),
                claims(retired),
                certificate);
    }

    /// Whether the file says that it is one; [#read] says whether that is true.
    public static boolean looksLike(byte[] file) {
        return ProofFile.isOf(FORMAT, file);
    }

    /// Reads a file that [#write] wrote; one that was changed in any byte that is not part of the
    /// proof itself is [Canonical.Malformed].
    public static Certificate read(byte[] file) throws Canonical.Malformed {
        return ProofFile.read(file, GranularFile::write);
    }

    /// @return for people, such as `A bakery: 412 Wh of solar power, made in the hour from …`
    public static String headline(GranularRetirement retired) {
        return ProofFile.marked(retired.unitClass(), words(retired));
    }

    private static String words(GranularRetirement retired) {
        return "%s: %d Wh of solar power, made in the hour from %s and used from %s to %s"
                .formatted(
                        retired.beneficiary(),
                        retired.quantity().wattHours(),
                        retired.hour(),
                        retired.consumption().start(),
                        retired.consumption().end());
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
}
