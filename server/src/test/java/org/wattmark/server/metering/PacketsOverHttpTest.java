package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.SamplePacket;
import org.wattmark.tlog.Merkle;

class PacketsOverHttpTest extends PacketServerTest {

    @Test
    void packetsAddUpToTheIntervalThatTheyFill() {
        var meter = bondedMeter();

        var answer = send(meter, quarterHour(meter));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var body = bodyOf(answer);
        assertThat(body.get("packets").size()).isEqualTo(31);
        assertThat(body.at("/packets/0/milliwatt_seconds").asLong()).isZero();
        assertThat(body.at("/packets/1/milliwatt_seconds").asLong()).isEqualTo(100_000 * 30);
        var readings = bodyOf(get(meter.path() + "/readings", meter.owner())).get("data");
        assertThat(readings.size()).isEqualTo(1);
        assertThat(readings.at("/0/start").asString()).isEqualTo("2025-07-01T19:00:00Z");
        assertThat(readings.at("/0/watt_hours").asLong()).isEqualTo(25);
        assertThat(readings.at("/0/receipt_sequence").asLong())
                .as("the batch is the entry behind that of the packets")
                .isEqualTo(body.at("/packets/0/receipt/sequence").asLong() + 1);
    }

    /// 100 W, read each 30 s, from noon to a quarter past.
    private static SamplePacket[] quarterHour(PacketMeter meter) {
        var packets = new ArrayList<SamplePacket>();
        for (int i = 0; i <= 30; i++) {
            packets.add(meter.packet(30L * i, 20, 5));
        }
        return packets.toArray(SamplePacket[]::new);
    }

    @Test
    void theReceiptIsTheLeafInTheJournalAndHidesWhatThePacketsSay() throws Exception {
        var meter = bondedMeter();

        var answer = bodyOf(send(meter, quarterHour(meter)));

        var receipt = answer.at("/packets/0/receipt");
        var entry =
                jdbc.sql("select leaf, private_content from journal where sequence = ?")
                        .param(receipt.get("sequence").asLong())
                        .query((row, _) -> new byte[][] {row.getBytes(1), row.getBytes(2)})
                        .single();
        assertThat(receipt.get("leaf_hash").asString()).isEqualTo(Merkle.leafHash(entry[0]).hex());
        var received = PacketsReceived.of(entry[1]);
        assertThat(received.content()).isEqualTo(entry[1]);
        assertThat(received.taken()).hasSize(31);
        assertThat(received.completed()).hasSize(1);
        assertThat(entry[0].length).isLessThan(300);
    }

    @Test
    void theSamePacketGetsTheSameReceiptAloneOrAmongOthers() {
        var meter = bondedMeter();
        var one = meter.packet(0, 20, 5);
        var two = meter.packet(30, 20, 5);
        var three = meter.packet(60, 20, 5);

        var first = send(meter, one);
        var together = send(meter, two, three);
        var again = send(meter, one);
        var all = send(meter, three, one, two, one);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        var packets = bodyOf(all).get("packets");
        assertThat(packets.size()).isEqualTo(3);
        assertThat(packets.get(0)).isEqualTo(bodyOf(first).at("/packets/0"));
        assertThat(packets.get(1)).isEqualTo(bodyOf(together).at("/packets/0"));
        assertThat(packets.get(2)).isEqualTo(bodyOf(together).at("/packets/1"));
        assertThat(entries(meter)).isEqualTo(2);
    }

    private long entries(PacketMeter meter) {
        return jdbc.sql("select count(distinct receipt) from packet where device_id = ?")
                .param(UUID.fromString(meter.id()))
                .query(Long.class)
                .single();
    }

    @Test
    void otherBytesForASecondAreAConflictThatIsKeptOnceAndTheFirstStand() {
        var meter = bondedMeter();
        var early = meter.packet(0, 20, 5);
        send(meter, early, meter.packet(30, 20, 5));
        var other = meter.packet(0, 19, 5);

        var conflict = send(meter, other);
        var mixed = send(meter, other, meter.packet(60, 20, 5));
        var again = send(meter, other);

        thenRefused(conflict, 409, "packet_conflicts");
        assertThat(conflict.body()).contains(early.sha256().hex());
        assertThat(bodyOf(again).get("detail")).isEqualTo(bodyOf(conflict).get("detail"));
        assertThat(mixed.statusCode()).isEqualTo(201);
        assertThat(bodyOf(mixed).at("/not_taken/0/code").asString()).isEqualTo("packet_conflicts");
        var findings = bodyOf(get(meter.path() + "/findings", meter.owner())).get("data");
        assertThat(findings.size()).isEqualTo(1);
        assertThat(findings.at("/0/rule").asString()).isEqualTo("CONFLICT");
        assertThat(findings.at("/0/outcome").asString()).isEqualTo("HOLD");
    }

    @Test
    void whatIsOlderThanTheLastPacketIsRefusedAndWhatFollowsIsTaken() {
        var meter = bondedMeter();
        send(meter, meter.packet(60, 20, 5));

        var older = send(meter, meter.packet(30, 20, 5));
        var both = send(meter, meter.packet(45, 20, 5), meter.packet(90, 20, 5));

        thenRefused(older, 409, "older_than_last");
        assertThat(older.body()).contains("2025-07-01T19:01:00Z");
        assertThat(both.statusCode()).isEqualTo(201);
        assertThat(bodyOf(both).get("packets").size()).isEqualTo(1);
        assertThat(bodyOf(both).at("/not_taken/0/position").asInt()).isZero();
        assertThat(bodyOf(both).at("/not_taken/0/code").asString()).isEqualTo("older_than_last");
    }

    @Test
    void aGapCountsNothingAndIsAFinding() {
        var meter = bondedMeter();

        var body = bodyOf(send(meter, meter.packet(0, 20, 5), meter.packet(61, 20, 5)));

        assertThat(body.at("/packets/1/milliwatt_seconds").asLong()).isZero();
        var findings = bodyOf(get(meter.path() + "/findings", meter.owner())).get("data");
        assertThat(findings.at("/0/rule").asString()).isEqualTo("GAP");
    }

    @Test
    void theProgressTellsWhatWaitsAndWhatIsCarried() {
        var meter = bondedMeter();
        var before = bodyOf(get(meter.path() + "/packet-progress", meter.owner()));

        send(meter, meter.packet(0, 18.3f, 2.05f), meter.packet(30, 18.3f, 2.05f));
        var progress = bodyOf(get(meter.path() + "/packet-progress", meter.owner()));

        assertThat(before.has("last")).isFalse();
        assertThat(progress.at("/last/at").asString()).isEqualTo("2025-07-01T19:00:30Z");
        assertThat(progress.at("/last/watts").asString())
                .isEqualTo("37.5149975633621579618193209171295166015625");
        assertThat(progress.at("/open/milliwatt_seconds").asLong()).isEqualTo(1_125_449);
        assertThat(progress.get("fraction_milliwatt_seconds").asString())
                .isEqualTo("0.926900864738854579627513885498046875");
    }

    @Test
    void base64InJsonIsTheSameAsTheBytes() {
        var meter = bondedMeter();
        var packet = meter.packet(0, 20, 5);
        var base64 = Base64.getEncoder().encodeToString(packet.toByteArray());

        var answer =
                post(meter.path() + "/packets", meter.owner(), Map.of("packets", List.of(base64)));
        var asBytes = send(meter, packet);
        var bad =
                post(
                        meter.path() + "/packets",
                        meter.owner(),
                        Map.of("packets", List.of(base64, "AAAA")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(asBytes.body()).isEqualTo(answer.body());
        thenRefused(bad, 400, "invalid_value");
        assertThat(bodyOf(bad).at("/errors/0/pointer").asString()).isEqualTo("/packets/1");
        assertThat(bad.body()).contains("a packet has 116 bytes, not 3");
    }

    @Test
    void whatCannotBeAPacketIsRefusedWithItsNumbers() {
        var meter = bondedMeter();
        var good = meter.packet(0, 20, 5).toByteArray();
        var forged = good.clone();
        forged[40] ^= 1;

        var cut = sendBytes(meter, new byte[117]);
        var none = sendBytes(meter, new byte[0]);
        var invalid = sendBytes(meter, forged);
        var strong = send(meter, meter.packet(0, 20, 50));
        var negative = send(meter, meter.packet(0, -20, 5));
        var future = send(meter, meter.packet(3_000_000_000L, 20, 5));

        thenRefused(cut, 400, "invalid_value");
        assertThat(cut.body()).contains("117 bytes came: 1 packets and 1 bytes");
        assertThat(none.statusCode()).isEqualTo(400);
        thenRefused(invalid, 422, "signature_invalid");
        thenRefused(strong, 422, "above_the_panel");
        thenRefused(negative, 422, "negative");
        thenRefused(future, 422, "in_the_future");
        assertThat(entries(meter)).isZero();
    }

    @Test
    void aDeviceOfOneProtocolSendsNothingInTheOther() {
        var meter = bondedMeter();
        var panel = bondedPanel();
        var packet = meter.packet(0, 20, 5);
        var asMeter =
                new PacketMeter(panel.owner(), meter.shipped(), panel.device().id().toString());

        thenRefused(send(asMeter, packet), 422, "another_protocol");
        var otherMeter = bondedMeter();
        thenRefused(send(meter, otherMeter.packet(0, 20, 5)), 422, "another_device");
    }

    @Test
    void anotherTenantsDeviceDoesNotExist() {
        var meter = bondedMeter();
        var stranger = new PacketMeter(newOwner(), meter.shipped(), meter.id());

        thenRefused(send(stranger, meter.packet(0, 20, 5)), 404, "device_unknown");
        thenRefused(
                get(meter.path() + "/packet-progress", stranger.owner()), 404, "device_unknown");
    }

    @Test
    void manySendersAtOnceAreDecidedOneByOne() {
        var meter = bondedMeter();
        var packets = quarterHour(meter);

        List<HttpResponse<String>> answers =
                IntStream.range(0, 8).parallel().mapToObj(_ -> send(meter, packets)).toList();

        assertThat(answers).allMatch(each -> each.body().equals(answers.getFirst().body()));
        assertThat(entries(meter)).isEqualTo(1);
    }
}
