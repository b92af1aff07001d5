package org.wattmark.server.conformance;

import java.util.List;
import org.wattmark.metering.Sha256;
import org.wattmark.server.client.Answer;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.conformance.ServerTrial.Expectation;

/// Sequence, chain and queue: what a device meets that loses its place, or the network.
final class BatchTrial {

    private final PlayedDevice device;
    private final RemoteServer server;
    private final Expectation expect;

    BatchTrial(PlayedDevice device, RemoteServer server, Expectation expect) {
        this.device = device;
        this.server = server;
        this.expect = expect;
    }

    void run() throws InterruptedException {
        first();
        gap();
        chain();
        late();
        progress();
    }

    private static boolean isWhole(Answer answer) {
        return answer.status() == 201
                && answer.json().path("accepted").asInt(0) > 0
                && answer.json().path("rejected").asInt(-1) == 0
                && !answer.json().at("/receipt/leaf_hash").asString("").isEmpty();
    }

    private void first() throws InterruptedException {
        var batch = device.next(device.day("2025-07-01"));
        var taken = device.step(batch);
        expect.of(
                ServerRule.BATCH_ACCEPTED,
                taken,
                "201 with a receipt, 96 accepted",
                each -> isWhole(each) && each.json().path("accepted").asInt() == 96);
        expect.of(
                ServerRule.REPLAY_SAME,
                device.send(batch),
                "201 with the same bytes as the first answer",
                each -> isWhole(each) && each.body().equals(taken.body()));
        expect.refusal(
                ServerRule.REPLAY_OTHER,
                device.send(device.batch(1, Sha256.NONE, device.day("2025-07-02"))),
                "409 sequence_used");
    }

    private void gap() throws InterruptedException {
        var second = device.next(device.day("2025-07-02"));
        var third = device.batch(second.sequence() + 1, second.sha256(), device.day("2025-07-03"));
        expect.refusal(ServerRule.SEQUENCE_GAP, device.send(third), "409 sequence_gap");
        var _ = device.step(second);
        expect.of(
                ServerRule.SEQUENCE_CLOSES,
                device.step(third),
                "201 after the missing batch has come",
                BatchTrial::isWhole);
    }

    private void chain() throws InterruptedException {
        expect.refusal(
                ServerRule.CHAIN_BROKEN,
                device.send(
                        device.batch(
                                device.sequence() + 1,
                                Sha256.of(new byte[] {1}),
                                device.day("2025-07-04"))),
                "409 previous_hash_differs");
        expect.refusal(
                ServerRule.INTERVAL_STORED,
                device.send(device.next(device.day("2025-07-01"))),
                "409 overlaps_stored");
    }

    /// An hour's network is gone for months; what was signed meanwhile comes afterwards.
    private void late() throws InterruptedException {
        var first = device.step(device.day("2025-01-10"));
        var second = device.step(device.day("2025-01-11"));
        expect.of(ServerRule.LATE, second, "201 for both", each -> isWhole(first) && isWhole(each));
    }

    private void progress() throws InterruptedException {
        var answer = server.get("/api/v1/devices/" + device.id());
        expect.of(
                ServerRule.PROGRESS,
                answer,
                "200 with last_sequence " + device.sequence() + " and last_batch",
                each ->
                        each.status() == 200
                                && each.json().path("last_sequence").asLong(-1) == device.sequence()
                                && List.of(device.previous().hex())
                                        .contains(each.json().path("last_batch").asString("")));
    }
}
