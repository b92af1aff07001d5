package org.wattmark.registry;

import org.wattmark.ledger.Fact;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;

/// A granular certificate exists. All of it is public: whoever has one issued shows what the device
/// generated in that hour.
public record GranularIssued(GranularCertificate certificate) implements Fact {

    public static final String DOMAIN = "wattmark/granular-certificate/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(certificate.id())
                .id(certificate.issuance())
                .id(certificate.project())
                .id(certificate.device().value())
                .instant(certificate.hour())
                .energy(certificate.energy())
                .text(GranularCertificate.ENERGY_SOURCE)
                .text(certificate.unitClass().name())
                .text(certificate.tier().name())
                .text(certificate.region())
                .text(certificate.approval().name())
                .toByteArray();
    }

    public static GranularIssued of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader -> {
                    var id = reader.id();
                    var issuance = reader.id();
                    var project = reader.id();
                    var device = new DeviceId(reader.id());
                    var hour = reader.instant();
                    var energy = reader.energy();
                    requireSun(reader);
                    return new GranularIssued(
                            new GranularCertificate(
                                    id,
                                    issuance,
                                    project,
                                    device,
                                    hour,
                                    energy,
                                    UnitClass.valueOf(reader.text()),
                                    AssuranceTier.valueOf(reader.text()),
                                    reader.text(),
                                    GranularCertificate.Approval.valueOf(reader.text()),
                                    1));
                });
    }

    static void requireSun(Canonical.Reader reader) throws Canonical.Malformed {
        var source = reader.text();
        if (!source.equals(GranularCertificate.ENERGY_SOURCE)) {
            throw new Canonical.Malformed("no certificate is of " + source);
        }
    }
}
