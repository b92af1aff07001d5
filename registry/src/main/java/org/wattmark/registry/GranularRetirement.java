package org.wattmark.registry;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// That watt-hours of a granular certificate were used for good, for consumption in the hour in
/// which they were generated. It never changes; what it publishes is the leaf that is proved.
///
/// @param serials of the certificate, one for each watt-hour, disjoint from every other's
/// @param consumption when it was used up; it lies within the certificate's hour
/// @param beneficiary in whose name: in the log only as a commitment, together with the purpose
public record GranularRetirement(
        UUID id,
        UUID certificate,
        SerialRange serials,
        UnitClass unitClass,
        UUID issuance,
        UUID project,
        DeviceId device,
        String region,
        Instant hour,
        AssuranceTier tier,
        GranularCertificate.Approval approval,
        AccountId holder,
        Period consumption,
        Instant at,
        String beneficiary,
        String purpose)
        implements Fact {

    public static final String DOMAIN = "wattmark/granular-retirement/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/granular-retirement-published/v1";

    public GranularRetirement {
        Disclosed.require(beneficiary, purpose);
        if (!Hours.isStart(hour) || !Hours.at(hour).contains(consumption)) {
            throw new IllegalArgumentException(
                    "consumption of " + consumption + " is not of the hour " + hour);
        }
    }

    public Energy quantity() {
        return new Energy(serials.count());
    }

    /// The hour in which it was generated.
    public Period production() {
        return Hours.at(hour);
    }

    @Override
    public byte[] content() {
        return publicPart(DOMAIN).text(beneficiary).text(purpose).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return publicPart(PUBLISHED_DOMAIN)
                .bytes(new Disclosed(beneficiary, purpose).commitment(salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    private Canonical publicPart(String domain) {
        return Canonical.of(domain)
                .id(id)
                .id(certificate)
                .number(serials.first())
                .number(serials.last())
                .text(unitClass.name())
                .id(issuance)
                .id(project)
                .id(device.value())
                .text(region)
                .instant(hour)
                .text(GranularCertificate.ENERGY_SOURCE)
                .text(tier.name())
                .text(approval.name())
                .text(holder.value())
                .period(consumption)
                .instant(at);
    }

    public static GranularRetirement of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(DOMAIN, content, reader -> read(reader, Disclosed.IN_CONTENT));
    }

    /// Reads what the log shows of a retirement, with what a certificate discloses beside it.
    ///
    /// @throws Canonical.Malformed also when the disclosed words are not those of the commitment
    public static GranularRetirement ofPublished(
            byte[] published, String beneficiary, String purpose, byte[] salt)
            throws Canonical.Malformed {
        return RegistryForm.read(
                PUBLISHED_DOMAIN,
                published,
                reader -> {
                    var words = new Disclosed(beneficiary, purpose);
                    var retirement = read(reader, _ -> words);
                    words.requireCommitted(reader.bytes(), salt);
                    return retirement;
                });
    }

    private static GranularRetirement read(Canonical.Reader reader, Disclosed.Source source)
            throws Canonical.Malformed {
        var id = reader.id();
        var certificate = reader.id();
        var serials = new SerialRange(reader.number(), reader.number());
        var unitClass = UnitClass.valueOf(reader.text());
        var issuance = reader.id();
        var project = reader.id();
        var device = new DeviceId(reader.id());
        var region = reader.text();
        var hour = reader.instant();
        GranularIssued.requireSun(reader);
        var tier = AssuranceTier.valueOf(reader.text());
        var approval = GranularCertificate.Approval.valueOf(reader.text());
        var holder = new AccountId(reader.text());
        var consumption = reader.period();
        var at = reader.instant();
        var words = source.from(reader);
        return new GranularRetirement(
                id,
                certificate,
                serials,
                unitClass,
                issuance,
                project,
                device,
                region,
                hour,
                tier,
                approval,
                holder,
                consumption,
                at,
                words.beneficiary(),
                words.purpose());
    }
}
