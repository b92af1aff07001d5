package org.wattmark.server.metering;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.ledger.Commitment;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Site;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// A device is bonded to its owner's account. The log shows which device, by which key, of which
/// tier, and whether it is simulated; whose it is, where it stands and what the owner declared only
/// as a commitment.
///
/// @param signature of the challenge, by the device's key
public record DeviceBonded(
        Device device,
        ExclusivityDeclaration declaration,
        BondChallenge challenge,
        DeviceSignature signature)
        implements Bond {

    public static final String DOMAIN = "wattmark/device-bonded/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/device-bond/v1";

    @Override
    public byte[] content() {
        return begin(DOMAIN, device, declaration)
                .bytes(challenge.nonce().bytes())
                .instant(challenge.expiresAt())
                .bytes(signature.bytes())
                .toByteArray();
    }

    /// What all bonds say of a device and its owner's declaration.
    static Canonical begin(String domain, Device device, ExclusivityDeclaration declaration) {
        var site = device.site();
        var bytes =
                Canonical.of(domain)
                        .id(device.id().value())
                        .bytes(device.key().bytes())
                        .id(device.owner())
                        .text(site.zone().getId())
                        .decimal(site.latitude())
                        .decimal(site.longitude())
                        .number(site.altitudeMetres())
                        .text(site.country())
                        .number(device.installation().wattsPeak())
                        .text(device.installation().mounting().name())
                        .text(device.tier().name())
                        .number(device.intervalLength().toSeconds())
                        .number(device.simulated() ? 1 : 0);
        texts(bytes, declaration.otherSchemes());
        texts(bytes, declaration.supportPayments());
        texts(bytes, declaration.externalIds().stream().map(ExternalId::scheme).toList());
        texts(bytes, declaration.externalIds().stream().map(ExternalId::id).toList());
        return bytes.number(declaration.capAndTradeCovered() ? 1 : 0);
    }

    private static void texts(Canonical bytes, List<String> texts) {
        bytes.number(texts.size());
        texts.forEach(bytes::text);
    }

    @Override
    public byte[] published(byte[] salt) {
        return published(this, salt);
    }

    /// All bonds look alike in the log.
    static byte[] published(Bond bond, byte[] salt) {
        var device = bond.device();
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(device.id().value())
                .bytes(device.key().fingerprint().bytes())
                .number(device.simulated() ? 1 : 0)
                .text(device.tier().name())
                .bytes(Commitment.to(bond.content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static DeviceBonded of(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var device = device(reader);
            var declaration = declaration(reader);
            var challenge =
                    new BondChallenge(
                            Nonce.of(reader.bytes()),
                            device.id(),
                            device.key(),
                            device.owner(),
                            reader.instant(),
                            declaration.sha256());
            var signature = DeviceSignature.of(reader.bytes());
            reader.end();
            return new DeviceBonded(device, declaration, challenge, signature);
        } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException e) {
            throw new Malformed("not a bond: " + e.getMessage());
        }
    }

    static ExclusivityDeclaration declaration(Canonical.Reader reader) throws Malformed {
        return new ExclusivityDeclaration(
                texts(reader),
                texts(reader),
                externalIds(texts(reader), texts(reader)),
                reader.number() == 1);
    }

    static Device device(Canonical.Reader reader) throws Malformed {
        return new Device(
                new DeviceId(reader.id()),
                DeviceKey.of(reader.bytes()),
                reader.id(),
                new Site(
                        ZoneId.of(reader.text()),
                        reader.decimal(),
                        reader.decimal(),
                        Math.toIntExact(reader.number()),
                        reader.text()),
                new Installation(reader.number(), Mounting.valueOf(reader.text())),
                AssuranceTier.valueOf(reader.text()),
                Duration.ofSeconds(reader.number()),
                reader.number() == 1);
    }

    private static List<String> texts(Canonical.Reader reader) throws Malformed {
        long count = reader.number();
        var texts = new ArrayList<String>();
        for (long i = 0; i < count; i++) {
            texts.add(reader.text());
        }
        return texts;
    }

    /// External ids from their schemes and, beside them, the ids.
    static List<ExternalId> externalIds(List<String> schemes, List<String> ids) {
        if (schemes.size() != ids.size()) {
            throw new IllegalArgumentException("each external id has a scheme");
        }
        var external = new ArrayList<ExternalId>();
        for (int i = 0; i < ids.size(); i++) {
            external.add(new ExternalId(schemes.get(i), ids.get(i)));
        }
        return external;
    }
}
