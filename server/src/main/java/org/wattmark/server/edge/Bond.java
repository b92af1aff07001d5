package org.wattmark.server.edge;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.Site;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.edge.EdgeState.BondedAs;
import org.wattmark.server.edge.ServerConnection.Answer;
import org.wattmark.server.metering.BondJson;
import tools.jackson.databind.JsonNode;

/// Bonds the agent's device, and asks what the server knows of it.
final class Bond {

    /// A key outside the meter, in a gateway's file, makes an authenticated feed and no more.
    private static final AssuranceTier TIER = AssuranceTier.T1;

    private final ServerConnection server;
    private final UUID device;
    private final DeviceSigner signer;

    Bond(ServerConnection server, UUID device, DeviceSigner signer) {
        this.server = server;
        this.device = device;
        this.signer = signer;
    }

    /// What the server knows of the device.
    record Standing(BondedAs bonded, long lastSequence, Sha256 lastBatch) {}

    /// @throws CommandFailed if it is another's device, or one of another kind
    Optional<Standing> standing() {
        return switch (server.get("/api/v1/devices/" + device)) {
            case Answer.Done(var body) -> Optional.of(standing(body));
            case Answer.Refused(_, var code, _, _) when code.equals("device_unknown") ->
                    throw new CommandFailed(
                            "the server knows no device "
                                    + device
                                    + " of yours: bond it with --register");
            case Answer.Refused(int status, var code, var detail, _) when status / 100 == 4 ->
                    throw new CommandFailed(
                            "the server refuses (" + status + " " + code + "): " + detail);
            case Answer.Refused _, Answer.Unreachable _ -> Optional.empty();
        };
    }

    private Standing standing(JsonNode body) {
        if (!body.path("key").asString().equals(signer.key().hex())) {
            throw new CommandFailed(
                    "device " + device + " is bonded by another key than the one in this folder");
        }
        var tier = AssuranceTier.valueOf(body.path("tier").asString());
        if (tier.compareTo(TIER) > 0) {
            throw new CommandFailed(
                    "device "
                            + device
                            + " is bonded as "
                            + tier
                            + ", and the key of an edge agent is outside the meter: "
                            + TIER
                            + " at the most. Use a new folder and --register");
        }
        return new Standing(
                new BondedAs(
                        tier,
                        body.path("interval_seconds").asLong(),
                        body.path("installation").path("watts_peak").asLong()),
                body.path("last_sequence").asLong(),
                new Sha256(body.path("last_batch").asString()));
    }

    /// Whether the device is bonded already: then `--register` has nothing to do.
    boolean isBonded() {
        return switch (server.get("/api/v1/devices/" + device)) {
            case Answer.Done _ -> true;
            case Answer.Refused(_, var code, _, _) when code.equals("device_unknown") -> false;
            case Answer refused -> throw failed("asking for the device", refused);
        };
    }

    /// @param simulated whether software stands in for what is read
    void make(
            Site site,
            Installation installation,
            ExclusivityDeclaration declaration,
            Optional<ExternalId> identity,
            boolean simulated) {
        var declared = with(declaration, identity);
        var challenge = challenge(declared);
        var bonded =
                new Device(
                        challenge.device(),
                        signer.key(),
                        challenge.owner(),
                        site,
                        installation,
                        TIER,
                        Device.DEFAULT_INTERVAL,
                        simulated);
        var body = BondJson.bond(challenge, signer, bonded, declared);
        var answer = server.post("/api/v1/devices", body);
        if (!(answer instanceof Answer.Done)) {
            throw failed("bonding", answer);
        }
    }

    private static ExclusivityDeclaration with(
            ExclusivityDeclaration declaration, Optional<ExternalId> identity) {
        var ids = new ArrayList<>(declaration.externalIds());
        identity.filter(each -> !ids.contains(each)).ifPresent(ids::add);
        return new ExclusivityDeclaration(
                declaration.otherSchemes(),
                declaration.supportPayments(),
                List.copyOf(ids),
                declaration.capAndTradeCovered());
    }

    /// What is signed is made here from the answer's parts, and bound to our own key, device and
    /// declaration: never bytes that somebody hands us.
    private BondChallenge challenge(ExclusivityDeclaration declared) {
        var body = new HashMap<>(BondJson.challenge(signer.key(), declared));
        body.put("device_id", device);
        var answer = server.post("/api/v1/bond-challenges", body);
        if (!(answer instanceof Answer.Done(var asked))) {
            throw failed("asking for a bond challenge", answer);
        }
        try {
            return new BondChallenge(
                    new Nonce(asked.path("nonce").asString()),
                    new DeviceId(device),
                    signer.key(),
                    UUID.fromString(asked.path("owner_id").asString()),
                    Instant.parse(asked.path("expires_at").asString()),
                    declared.sha256());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CommandFailed("the server's challenge is none: " + e.getMessage());
        }
    }

    private static CommandFailed failed(String what, Answer answer) {
        return new CommandFailed(
                switch (answer) {
                    case Answer.Refused(int status, var code, var detail, _) ->
                            what + " was refused (" + status + " " + code + "): " + detail;
                    case Answer.Unreachable(var why) -> what + " failed: " + why;
                    case Answer.Done _ -> what + " was answered unexpectedly";
                });
    }
}
