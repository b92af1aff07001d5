package org.wattmark.server.metering;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SampleAdmission;
import org.wattmark.metering.SampleInspection;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleIntake;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.Sha256;
import org.wattmark.server.metering.KnownPackets.Known;
import org.wattmark.server.metering.PacketsView.NotTaken;
import org.wattmark.server.metering.PacketsView.Standing;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.ProblemException;
import org.wattmark.units.Canonical.Malformed;
import tools.jackson.databind.json.JsonMapper;

/// Takes packets in, whichever way they came: the same packet gets the same receipt, alone or among
/// others.
public final class PacketIntake {

    /// In one request: two days of a packet each minute, or 48 minutes of one each second. The
    /// sequencer's thread judges the intervals that they complete, which are no more than they.
    public static final int MOST_PACKETS = 2_880;

    private static final String CONFLICT = "packet_conflicts";

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final KnownPackets known;
    private final JsonMapper json;
    private final InstantSource clock;

    PacketIntake(
            Sequencer sequencer,
            BondedDevices devices,
            KnownPackets known,
            JsonMapper json,
            InstantSource clock) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.known = known;
        this.json = json;
        this.clock = clock;
    }

    /// Takes the bytes of packets, one behind the other, from whoever is known to be the device.
    ///
    /// @throws Sequencer.Unavailable when it cannot be decided now: the same bytes may come again
    public Delivery take(DeviceId id, byte[] body) {
        var device = devices.find(id);
        if (device.isEmpty()) {
            return new Delivery.Refused(DeviceEndpoints.unknown(id.value()));
        }
        try {
            return take(device.get().device(), cut(body));
        } catch (ProblemException e) {
            return new Delivery.Refused(e.problem());
        }
    }

    /// The answer as JSON, as HTTP writes it.
    public byte[] json(PacketsView view) {
        return json.writeValueAsBytes(view);
    }

    static List<SamplePacket> cut(byte[] body) {
        if (body.length == 0 || body.length % SamplePacket.BYTES != 0) {
            throw Fields.invalid(
                    "",
                    "packets have %d bytes each, and %d bytes came: %d packets and %d bytes"
                            .formatted(
                                    SamplePacket.BYTES,
                                    body.length,
                                    body.length / SamplePacket.BYTES,
                                    body.length % SamplePacket.BYTES));
        }
        requireNotTooMany(body.length / SamplePacket.BYTES);
        var packets = new ArrayList<SamplePacket>();
        for (int from = 0; from < body.length; from += SamplePacket.BYTES) {
            packets.add(packet(Arrays.copyOfRange(body, from, from + SamplePacket.BYTES)));
        }
        return packets;
    }

    static void requireNotTooMany(int packets) {
        if (packets > MOST_PACKETS) {
            throw Fields.invalid(
                    "/packets",
                    "there are " + packets + "; at most " + MOST_PACKETS + " come together");
        }
    }

    /// @throws IllegalArgumentException if it has another length
    static SamplePacket packet(byte[] bytes) {
        try {
            return SamplePacket.read(bytes);
        } catch (Malformed e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    Delivery take(Device device, List<SamplePacket> packets) {
        var received = clock.instant();
        var sound = new LinkedHashMap<Sha256, Inspected>();
        var notTaken = new HashMap<Integer, NotTaken>();
        for (int i = 0; i < packets.size(); i++) {
            switch (SampleIntake.inspect(packets.get(i), device, received)) {
                case Inspected inspected -> sound.putIfAbsent(inspected.sample().hash(), inspected);
                case SampleInspection.Refused(var reason, var explanation) ->
                        notTaken.put(i, new NotTaken(i, code(reason), explanation));
            }
        }
        var late = sound.isEmpty() ? Map.<Sha256, String>of() : decide(device, sound);
        return answer(device.id(), packets, sound, notTaken, late);
    }

    private static String code(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /// Has those decided that are not known yet.
    ///
    /// @return why packets are refused, by their hash
    private Map<Sha256, String> decide(Device device, Map<Sha256, Inspected> sound) {
        while (true) {
            // First how far the device is, then what is known: nothing can slip in between unseen.
            long seen = known.progress(device.id()).receipt();
            var fresh = new LinkedHashMap<>(sound);
            var standing = new HashMap<Long, Sha256>();
            for (var each : known.at(device.id(), packetsOf(sound))) {
                fresh.remove(each.hash());
                if (each.stands()) {
                    standing.put(each.at().getEpochSecond(), each.hash());
                }
            }
            if (fresh.isEmpty()) {
                return Map.of();
            }
            var command = new AcceptPackets(device.owner(), device, inOrder(fresh), standing, seen);
            switch (sequencer.apply(command)) {
                case PacketsAnswer.Decided(var refused) -> {
                    var late = new HashMap<Sha256, String>();
                    refused.forEach(each -> late.put(new Sha256(each.hash()), each.explanation()));
                    return late;
                }
                case PacketsAnswer.Overtaken() -> {} // look again
            }
        }
    }

    private static List<Inspected> inOrder(Map<Sha256, Inspected> packets) {
        return packets.values().stream()
                .sorted(Comparator.comparing(each -> each.sample().at()))
                .toList();
    }

    private static List<SamplePacket> packetsOf(Map<Sha256, Inspected> inspected) {
        return inspected.values().stream().map(Inspected::packet).toList();
    }

    private Delivery answer(
            DeviceId device,
            List<SamplePacket> packets,
            Map<Sha256, Inspected> sound,
            Map<Integer, NotTaken> notTaken,
            Map<Sha256, String> late) {
        var kept = new HashMap<Sha256, Known>();
        var standing = new HashMap<Long, Sha256>();
        if (!sound.isEmpty()) {
            for (var each : known.at(device, packetsOf(sound))) {
                kept.put(each.hash(), each);
                if (each.stands()) {
                    standing.put(each.at().getEpochSecond(), each.hash());
                }
            }
        }
        for (int i = 0; i < packets.size(); i++) {
            var hash = packets.get(i).sha256();
            var found = kept.get(hash);
            if (!notTaken.containsKey(i) && (found == null || !found.stands())) {
                var first = standing.get(packets.get(i).unixSeconds());
                notTaken.put(i, found == null ? late(i, late, hash) : conflict(i, found, first));
            }
        }
        var stand =
                kept.values().stream()
                        .filter(each -> each.stands() && sound.containsKey(each.hash()))
                        .sorted(Comparator.comparing(Known::at))
                        .map(PacketIntake::standing)
                        .toList();
        var others =
                notTaken.values().stream()
                        .sorted(Comparator.comparingInt(NotTaken::position))
                        .toList();
        return stand.isEmpty()
                ? new Delivery.Refused(problem(others))
                : new Delivery.Packets(new PacketsView(device.value(), stand, others));
    }

    private static Standing standing(Known known) {
        return new Standing(
                known.at(), known.hash().hex(), known.milliwattSeconds(), known.receipt());
    }

    private static NotTaken late(int position, Map<Sha256, String> late, Sha256 hash) {
        var explanation = late.get(hash);
        if (explanation == null) {
            throw new IllegalStateException("packet " + hash + " was decided and is not there");
        }
        return new NotTaken(position, code(SampleAdmission.Reason.OLDER_THAN_LAST), explanation);
    }

    private static NotTaken conflict(int position, Known found, @Nullable Sha256 first) {
        return new NotTaken(
                position,
                CONFLICT,
                "the packet of "
                        + found.at()
                        + " is "
                        + first
                        + " and stands; that this one came is finding "
                        + found.receipt().sequence());
    }

    /// None stands. The first reason is the problem's.
    private static Problem problem(List<NotTaken> others) {
        var first = others.getFirst();
        boolean isConflict =
                first.code().equals(CONFLICT)
                        || first.code().equals(code(SampleAdmission.Reason.OLDER_THAN_LAST));
        var problem =
                Problem.of(
                        isConflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT,
                        first.code(),
                        (others.size() == 1 ? "The packet is not taken: " : "No packet is taken: ")
                                + first.explanation()
                                + ".");
        for (var each : others.stream().limit(BatchAnswer.MOST_FINDINGS).toList()) {
            problem =
                    problem.at(
                            "/packets/" + each.position(), each.code() + ": " + each.explanation());
        }
        return problem;
    }
}
