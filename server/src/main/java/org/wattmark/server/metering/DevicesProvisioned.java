package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.MakerProvision;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// A maker has deposited devices that it ships. The log shows how many, and commits to the list.
public record DevicesProvisioned(UUID maker, List<Deposit> devices) implements Fact {

    public static final String DOMAIN = "wattmark/devices-provisioned/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/provision-receipt/v1";

    /// In one list.
    static final int MOST_DEVICES = 10_000;

    private static final int LONGEST_NAME = 100;

    public DevicesProvisioned {
        devices = List.copyOf(devices);
        if (devices.isEmpty() || devices.size() > MOST_DEVICES) {
            throw new IllegalArgumentException(
                    "a list has 1 to " + MOST_DEVICES + " devices, not " + devices.size());
        }
    }

    /// A device with the names that its maker and its owner know it by.
    public record Deposit(MakerProvision provision, String model, String serial) {

        public Deposit {
            check("model", model);
            check("serial", serial);
        }

        private static void check(String what, String name) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        what + " has 1 to " + LONGEST_NAME + " characters that are not all blank");
            }
        }
    }

    @Override
    public byte[] content() {
        var bytes = Canonical.of(DOMAIN).id(maker).number(devices.size());
        for (var each : devices) {
            bytes.bytes(each.provision().device().bytes())
                    .bytes(each.provision().key().bytes())
                    .bytes(each.provision().secret().bytes())
                    .text(each.model())
                    .text(each.serial());
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .number(devices.size())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static DevicesProvisioned of(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var maker = reader.id();
            long size = reader.number();
            var devices = new ArrayList<Deposit>();
            for (long i = 0; i < size; i++) {
                devices.add(
                        new Deposit(
                                new MakerProvision(
                                        MakerId.of(reader.bytes()),
                                        DeviceKey.of(reader.bytes()),
                                        Sha256.ofDigest(reader.bytes())),
                                reader.text(),
                                reader.text()));
            }
            reader.end();
            return new DevicesProvisioned(maker, devices);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not a list of devices: " + e.getMessage());
        }
    }
}
