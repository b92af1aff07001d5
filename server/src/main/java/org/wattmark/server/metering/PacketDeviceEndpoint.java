package org.wattmark.server.metering;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Bonding;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.Sha256;
import org.wattmark.server.metering.BondBody.DeclarationBody;
import org.wattmark.server.metering.BondBody.InstallationBody;
import org.wattmark.server.metering.BondBody.SiteBody;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Canonical;

/// Bonds a device that sends packets to whoever shows the secret of its box.
@RestController
class PacketDeviceEndpoint {

    private final Sequencer sequencer;
    private final Provisions provisions;
    private final BondAttempts attempts;

    PacketDeviceEndpoint(Sequencer sequencer, Provisions provisions, BondAttempts attempts) {
        this.sequencer = sequencer;
        this.provisions = provisions;
        this.attempts = attempts;
    }

    /// The same code and words sent twice are one command, and are told the same.
    @PostMapping("/api/v1/packet-devices")
    ResponseEntity<?> bond(Actor actor, @RequestBody PacketBondBody body) {
        actor.require(Role.PROPONENT);
        attempts.requireFew(actor.organisation());
        var shown = body.shown();
        var opened = provisions.find(shown.device());
        if (opened.isEmpty() || !opened.get().provision().isOpenedBy(shown.secret())) {
            // Whether the device or the secret is wrong is not told: neither is a stranger's.
            attempts.note(actor.organisation(), shown.device());
            return problem(Bonding.Reason.SECRET_OPENS_NOTHING);
        }
        var bonded = body.toBond(actor.organisation(), opened.get());
        var command =
                new BondPacketDevice(
                        actor.organisation(), bonded, Sha256.of(shown.secret().bytes()));
        return switch (sequencer.apply(command)) {
            case BondAnswer.Bonded answer ->
                    ResponseEntity.created(URI.create("/api/v1/devices/" + answer.deviceId()))
                            .body(answer);
            case BondAnswer.Refused(var reason) -> problem(reason);
        };
    }

    static ResponseEntity<?> problem(Bonding.Reason reason) {
        var code = reason.name().toLowerCase(Locale.ROOT);
        return switch (reason) {
            case DEVICE_ALREADY_BONDED, KEY_ALREADY_BONDED ->
                    Problem.of(
                                    HttpStatus.CONFLICT,
                                    "device_already_bonded",
                                    "The device in this box is bonded already. If it is not by"
                                            + " you, ask whoever sold it to you.")
                            .at("/qr", "is of a device that is bonded")
                            .answer();
            case KEY_SERVES_PACKETS ->
                    Problem.of(
                                    HttpStatus.CONFLICT,
                                    code,
                                    "A maker has deposited this key for packets, and a key serves"
                                            + " one protocol. Bond the device by the code in its"
                                            + " box.")
                            .at("/nonce", "names a key that signs packets")
                            .answer();
            case SECRET_OPENS_NOTHING ->
                    Problem.of(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    code,
                                    "No device waits for its owner under this code. Scan the code"
                                            + " in the device's own box; if it is right, its maker"
                                            + " has not deposited the device yet, or has replaced"
                                            + " the code.")
                            .at("/qr", "opens nothing")
                            .answer();
            default -> DeviceEndpoints.problem(reason);
        };
    }

    /// @param qr the text of the code in the box
    /// @param intervalSeconds a whole part of a day, 900 if it is left out
    /// @param simulated whether software stands in for a meter
    record PacketBondBody(
            String qr,
            SiteBody site,
            InstallationBody installation,
            @Nullable Long intervalSeconds,
            boolean simulated,
            DeclarationBody declaration) {

        PacketBondBody {
            Fields.present("qr", qr);
            Fields.present("site", site);
            Fields.present("installation", installation);
            Fields.present("declaration", declaration);
        }

        BoxSecret shown() {
            return Fields.at("/qr", () -> BoxSecret.of(qr));
        }

        /// Its key is inside the device, so its tier is T2.
        PacketDeviceBonded toBond(UUID owner, ProvisionedDevice opened) {
            var provision = opened.provision();
            var place = site.toSite();
            var generator = installation.toInstallation();
            var length =
                    intervalSeconds == null
                            ? Device.DEFAULT_INTERVAL
                            : Duration.ofSeconds(intervalSeconds);
            var device =
                    Fields.at(
                            "/interval_seconds",
                            () ->
                                    new Device(
                                            idOf(provision.device()),
                                            provision.key(),
                                            owner,
                                            place,
                                            generator,
                                            AssuranceTier.T2,
                                            length,
                                            simulated));
            return new PacketDeviceBonded(
                    device.sendingPacketsAs(provision.device()),
                    declaration.toDeclaration(),
                    opened.receipt());
        }

        /// A maker's id names one device only, so ours follows from it.
        private static DeviceId idOf(MakerId maker) {
            return new DeviceId(
                    Canonical.of("wattmark/packet-device-id/v1").bytes(maker.bytes()).derivedId());
        }

        /// Its secret is not for logs.
        @Override
        public String toString() {
            return "a bond at " + site;
        }
    }
}
