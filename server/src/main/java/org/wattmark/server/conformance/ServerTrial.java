package org.wattmark.server.conformance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.client.Answer;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.metering.BondJson;

/// Shows on a running server what it answers to each rule: it bonds devices of its own and has them
/// keep and break the rules, one by one.
final class ServerTrial {

    private final RemoteServer server;
    private final InstantSource clock;
    private final Map<ServerRule, Verdict> verdicts = new EnumMap<>(ServerRule.class);

    ServerTrial(RemoteServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /// One verdict for each rule, in the rules' order.
    List<Verdict> run() throws InterruptedException {
        var quarters = bonding();
        if (quarters != null) {
            new BatchTrial(quarters, server, this::expect).run();
            new RefusalTrial(quarters, server, this::expect).run();
            new FindingTrial(quarters, this::expect).run();
            clocks(quarters);
            packets(quarters);
        }
        var all = new ArrayList<Verdict>();
        for (var rule : ServerRule.values()) {
            all.add(
                    verdicts.getOrDefault(
                            rule, Verdict.notTried(rule, "no device could be bonded for it")));
        }
        return all;
    }

    /// What a rule expects, for those that try it.
    @FunctionalInterface
    interface Expectation {

        /// @param expected in words, such as `409 sequence_gap`
        void of(ServerRule rule, Answer answer, String expected, Predicate<Answer> met);

        /// A refusal, by status and code.
        default void refusal(ServerRule rule, Answer answer, String expected) {
            of(rule, answer, expected, each -> each.summary().equals(expected));
        }
    }

    private void expect(ServerRule rule, Answer answer, String expected, Predicate<Answer> met) {
        verdicts.put(
                rule,
                met.test(answer)
                        ? Verdict.pass(rule, expected)
                        : Verdict.fail(
                                rule,
                                "Expected " + expected + ", answered " + answer.explanation()));
    }

    private @Nullable PlayedDevice bonding() throws InterruptedException {
        var signer = DeviceSigner.withNewKey();
        var stranger = DeviceSigner.withNewKey();
        expectRefusedBond(ServerRule.BOND_SIGNATURE, signer, stranger, "422 signature_invalid");
        var bonded = bond(signer, signer, Duration.ofMinutes(15));
        expect(
                ServerRule.BOND_ACCEPTED,
                bonded.answer(),
                "201 with the device's id",
                each -> each.status() == 201 && bonded.device() != null);
        if (bonded.device() != null) {
            expectRefusedBond(ServerRule.BOND_KEY_ONCE, signer, signer, "409 key_already_bonded");
        }
        return bonded.device();
    }

    private void expectRefusedBond(
            ServerRule rule, DeviceSigner named, DeviceSigner signs, String expected)
            throws InterruptedException {
        var answer = bond(named, signs, Duration.ofMinutes(15)).answer();
        expect(rule, answer, expected, each -> each.summary().equals(expected));
    }

    /// @param device null if it was refused
    private record Bonded(Answer answer, @Nullable PlayedDevice device) {}

    private Bonded bond(DeviceSigner named, DeviceSigner signs, Duration interval)
            throws InterruptedException {
        var asked = server.post("/api/v1/bond-challenges", BondJson.challenge(named.key()));
        if (!asked.isSuccess()) {
            return new Bonded(asked, null);
        }
        var challenge = BondJson.asked(asked.json(), named.key());
        var device =
                PlayedDevice.bonded(challenge.device().value(), challenge.owner(), named, interval);
        var answer = server.post("/api/v1/devices", BondJson.bond(challenge, signs, device));
        var id = answer.json().path("device_id").asString("");
        return id.equals(challenge.device().toString())
                ? new Bonded(answer, new PlayedDevice(server, device, named))
                : new Bonded(answer, null);
    }

    /// Against the server's own clock, as its `Date` header tells it.
    private void clocks(PlayedDevice quarters) throws InterruptedException {
        var signer = DeviceSigner.withNewKey();
        var minutes = bond(signer, signer, Duration.ofMinutes(1)).device();
        if (minutes == null) {
            return;
        }
        var now = serverTime(quarters).truncatedTo(ChronoUnit.MINUTES);
        var ahead = minutes.reading(now.plus(Duration.ofMinutes(2)), 0);
        expect(
                ServerRule.CLOCK_SKEW,
                minutes.step(List.of(ahead)),
                "201 for an interval that ends in three minutes",
                each -> each.status() == 201 && each.json().path("accepted").asInt(0) == 1);
        var future = minutes.reading(now.plus(Duration.ofMinutes(30)), 0);
        expect(
                ServerRule.INTERVAL_FUTURE,
                minutes.send(minutes.next(List.<IntervalReading>of(future))),
                "422 in_the_future",
                each -> each.summary().equals("422 in_the_future"));
    }

    private void packets(PlayedDevice quarters) throws InterruptedException {
        var signer = DeviceSigner.withNewKey();
        var why = new PacketTrial(server, signer, this::expect).run(quarters.id());
        if (why.isPresent()) {
            Arrays.stream(ServerRule.values())
                    .filter(ServerRule::isOfPackets)
                    .forEach(each -> verdicts.put(each, Verdict.notTried(each, why.get())));
        } else {
            expectRefusedBond(ServerRule.PACKET_KEY, signer, signer, "409 key_already_bonded");
        }
    }

    private Instant serverTime(PlayedDevice device) throws InterruptedException {
        var answer = server.get("/api/v1/devices/" + device.id());
        try {
            return answer.headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant)
                    .orElseGet(clock::instant);
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    /// A device that nobody bonded.
    static PlayedDevice nobodys(RemoteServer server) {
        var signer = DeviceSigner.withNewKey();
        var device =
                PlayedDevice.bonded(
                        UUID.randomUUID(), new UUID(0, 0), signer, Duration.ofMinutes(15));
        return new PlayedDevice(server, device, signer);
    }

    /// A body of which one field is another.
    static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }
}
