package org.wattmark.server.edge;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.wattmark.server.edge.RemoteServer.Answer;
import tools.jackson.databind.JsonNode;

/// Bonds the agent's device, and asks what the server knows of it.
final class Bond {

    /// A key outside the meter, in a gateway's file, makes an authenticated feed and no more.
    private static final AssuranceTier TIER = AssuranceTier.T1;

    private final RemoteServer server;
    private final UUID device;
    private final DeviceSigner signer;

    Bond(RemoteServer server, UUID device, DeviceSigner signer) {
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
        var body = new HashMap<String, Object>();
        body.put("nonce", challenge.nonce().hex());
        body.put("signature", Base64.getEncoder().encodeToString(signer.sign(challenge).bytes()));
        body.put(
                "site",
                Map.of(
                        "zone", site.zone().getId(),
                        "latitude", site.latitude(),
                        "longitude", site.longitude(),
                        "altitude_metres", site.altitudeMetres(),
                        "country", site.country()));
        body.put(
                "installation",
                Map.of(
                        "watts_peak", installation.wattsPeak(),
                        "mounting", installation.mounting().name()));
        body.put("tier", TIER.name());
        body.put("interval_seconds", Device.DEFAULT_INTERVAL.toSeconds());
        body.put("simulated", simulated);
        body.put("declaration", wire(declared));
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
        var answer =
                server.post(
                        "/api/v1/bond-challenges",
                        Map.of(
                                "device_id",
                                device,
                                "key",
                                signer.key().hex(),
                                "declaration",
                                wire(declared)));
        if (!(answer instanceof Answer.Done(var body))) {
            throw failed("asking for a bond challenge", answer);
        }
        try {
            return new BondChallenge(
                    new Nonce(body.path("nonce").asString()),
                    new DeviceId(device),
                    signer.key(),
                    UUID.fromString(body.path("owner_id").asString()),
                    Instant.parse(body.path("expires_at").asString()),
                    declared.sha256());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CommandFailed("the server's challenge is none: " + e.getMessage());
        }
    }

    private static Map<String, Object> wire(ExclusivityDeclaration declared) {
        return Map.of(
                "other_schemes", declared.otherSchemes(),
                "support_payments", declared.supportPayments(),
                "external_ids",
                        declared.externalIds().stream()
                                .map(each -> Map.of("scheme", each.scheme(), "id", each.id()))
                                .toList(),
                "cap_and_trade_covered", declared.capAndTradeCovered());
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
