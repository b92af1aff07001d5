package org.wattmark.server.metering;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Bonding;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceProgress;
import org.wattmark.server.metering.BondBody.ChallengeBody;
import org.wattmark.server.metering.BondBody.DeclarationBody;
import org.wattmark.server.metering.BondBody.InstallationBody;
import org.wattmark.server.metering.BondBody.SiteBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Bonds devices to the organisation that asks, and shows it those that it has.
@RestController
class DeviceEndpoints {

    private static final int LARGEST_PAGE = 100;

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final BondChallenges challenges;

    DeviceEndpoints(Sequencer sequencer, BondedDevices devices, BondChallenges challenges) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.challenges = challenges;
    }

    /// A challenge moves nothing, so asking twice does no harm: each is another one.
    @PostMapping("/api/v1/bond-challenges")
    ResponseEntity<?> challenge(Actor actor, @RequestBody ChallengeBody body) {
        actor.require(Role.PROPONENT);
        var id = body.deviceId() == null ? UUID.randomUUID() : body.deviceId();
        var challenge =
                challenges.issue(
                        new DeviceId(id),
                        body.deviceKey(),
                        actor.organisation(),
                        body.declaration().toDeclaration().sha256());
        return ResponseEntity.status(HttpStatus.CREATED).body(Challenge.of(challenge));
    }

    /// The same answer sent twice is one command, and is told the same.
    @PostMapping("/api/v1/devices")
    ResponseEntity<?> bond(Actor actor, @RequestBody BondBody body) {
        actor.require(Role.PROPONENT);
        var challenge = challenges.find(body.challengeNonce());
        if (challenge.isEmpty()) {
            return problem(Bonding.Reason.CHALLENGE_UNKNOWN);
        }
        return switch (sequencer.apply(body.toCommand(actor.organisation(), challenge.get()))) {
            case BondAnswer.Bonded bonded ->
                    ResponseEntity.created(URI.create("/api/v1/devices/" + bonded.deviceId()))
                            .body(bonded);
            case BondAnswer.Refused(var reason) -> problem(reason);
        };
    }

    /// Your organisation's devices, in the order of their ids.
    @GetMapping("/api/v1/devices")
    Page<Summary> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE);
        var after = page.after(new UUID(0, 0), UUID::fromString);
        var rows =
                devices.ofOwner(actor.organisation(), after, page.fetch()).stream()
                        .map(Summary::of)
                        .toList();
        return page.over(rows, summary -> summary.id().toString());
    }

    /// A device of yours.
    @GetMapping("/api/v1/devices/{id}")
    ResponseEntity<?> device(Actor actor, @PathVariable UUID id) {
        var device = new DeviceId(id);
        var bonded = devices.find(device, actor.organisation());
        return bonded.isPresent()
                ? ResponseEntity.ok(View.of(bonded.get(), devices.progress(device)))
                : unknown(id).answer();
    }

    /// Also for a device of somebody else, whose existence is nobody's business.
    static Problem unknown(UUID id) {
        return Problem.of(
                HttpStatus.NOT_FOUND, "device_unknown", "You have no device with the id " + id);
    }

    static ResponseEntity<?> problem(Bonding.Reason reason) {
        var code = reason.name().toLowerCase(Locale.ROOT);
        return switch (reason) {
            case CHALLENGE_UNKNOWN ->
                    Problem.of(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    code,
                                    "No challenge has this nonce. Ask for a new one.")
                            .at("/nonce", "is unknown")
                            .answer();
            case CHALLENGE_FOR_ANOTHER_ACCOUNT ->
                    Problem.of(
                                    HttpStatus.FORBIDDEN,
                                    code,
                                    "This challenge was made for another account.")
                            .at("/nonce", "is another account's")
                            .answer();
            case CHALLENGE_EXPIRED ->
                    Problem.of(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    code,
                                    "A challenge is answered within "
                                            + BondChallenges.LIFE.toMinutes()
                                            + " minutes. Ask for a new one.")
                            .at("/nonce", "has expired")
                            .answer();
            case DECLARATION_DIFFERS ->
                    Problem.of(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    code,
                                    "The declaration is not the one that the challenge was made"
                                            + " for.")
                            .at("/declaration", "differs from the challenge's")
                            .answer();
            case SIGNATURE_INVALID ->
                    Problem.of(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    code,
                                    "The challenge's signing_bytes are not signed by the device's"
                                            + " key.")
                            .at("/signature", "does not verify")
                            .answer();
            case DEVICE_ALREADY_BONDED ->
                    Problem.of(HttpStatus.CONFLICT, code, "A device with this id is bonded.")
                            .at("/nonce", "names a device that is bonded")
                            .answer();
            case KEY_ALREADY_BONDED ->
                    Problem.of(HttpStatus.CONFLICT, code, "Another device is bonded by this key.")
                            .at("/nonce", "names a key that is bonded")
                            .answer();
            case KEY_SERVES_PACKETS, SECRET_OPENS_NOTHING -> PacketDeviceEndpoint.problem(reason);
            case EXTERNAL_ID_ALREADY_DECLARED ->
                    Problem.of(
                                    HttpStatus.CONFLICT,
                                    code,
                                    "Another owner has declared one of these external ids.")
                            .at("/declaration/external_ids", "belongs to another owner")
                            .answer();
        };
    }

    /// @param signingBytes what the device signs, in Base64
    record Challenge(
            String nonce,
            UUID deviceId,
            String key,
            UUID ownerId,
            Instant expiresAt,
            String declarationSha256,
            String signingBytes) {

        static Challenge of(BondChallenge challenge) {
            return new Challenge(
                    challenge.nonce().hex(),
                    challenge.device().value(),
                    challenge.key().hex(),
                    challenge.owner(),
                    challenge.expiresAt(),
                    challenge.declaration().hex(),
                    Base64.getEncoder().encodeToString(challenge.canonicalBytes()));
        }
    }

    /// @param keyFingerprint SHA-256 of the key, as the log shows it
    record Summary(
            UUID id,
            String keyFingerprint,
            AssuranceTier tier,
            boolean simulated,
            long intervalSeconds,
            InstallationBody installation) {

        static Summary of(BondedDevice bonded) {
            var device = bonded.device();
            return new Summary(
                    device.id().value(),
                    device.key().fingerprint().hex(),
                    device.tier(),
                    device.simulated(),
                    device.intervalLength().toSeconds(),
                    InstallationBody.of(device.installation()));
        }
    }

    /// @param bondSequence the place of the bond in the journal
    /// @param lastSequence of the last batch that was taken in, 0 before the first
    /// @param lastBatch its hash: what the next batch names as `previous`
    record View(
            UUID id,
            String key,
            String keyFingerprint,
            UUID ownerId,
            AssuranceTier tier,
            boolean simulated,
            long intervalSeconds,
            SiteBody site,
            InstallationBody installation,
            DeclarationBody declaration,
            long bondSequence,
            long lastSequence,
            String lastBatch) {

        static View of(BondedDevice bonded, DeviceProgress progress) {
            var device = bonded.device();
            return new View(
                    device.id().value(),
                    device.key().hex(),
                    device.key().fingerprint().hex(),
                    device.owner(),
                    device.tier(),
                    device.simulated(),
                    device.intervalLength().toSeconds(),
                    SiteBody.of(device.site()),
                    InstallationBody.of(device.installation()),
                    DeclarationBody.of(bonded.declaration()),
                    bonded.receipt(),
                    progress.lastSequence(),
                    progress.lastBatch().hex());
        }
    }
}
