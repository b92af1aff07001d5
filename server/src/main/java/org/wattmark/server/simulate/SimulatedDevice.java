package org.wattmark.server.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.BatchQueue;
import org.wattmark.metering.Channel;
import org.wattmark.metering.CheatingPanel;
import org.wattmark.metering.Fraud;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.SimulatedReadings;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.client.RemoteServer;

/// One device at work: as time goes by it makes readings, signs them in batches, and sends each
/// until it is decided. It is run by one thread.
final class SimulatedDevice {

    private final String name;
    private final DeviceFile file;
    private final SimulatedPanel panel;
    private final Optional<Fraud> fraud;
    private final int batchSize;
    private final Tally tally = new Tally();
    private @Nullable SimulatedPanel neighbour;
    private @Nullable SimulatedReadings source;
    private @Nullable LocalDate cachedDay;
    private List<IntervalReading> cached = List.of();

    SimulatedDevice(String name, DeviceFile file, Optional<Fraud> fraud, int batchSize) {
        this.name = name;
        this.file = file;
        this.panel = new SimulatedPanel(file.device(), file.seed());
        this.fraud = fraud;
        this.batchSize = batchSize;
    }

    String name() {
        return name;
    }

    DeviceFile file() {
        return file;
    }

    SimulatedPanel panel() {
        return panel;
    }

    Optional<Fraud> fraud() {
        return fraud;
    }

    Tally tally() {
        return tally;
    }

    /// Whose readings a copying fraud takes.
    void beside(SimulatedPanel other) {
        neighbour = other;
    }

    /// Its part of a simulation.
    ///
    /// @param from its first interval starts here at the earliest
    /// @param to the end of its last interval
    record Task(
            Instant from, Instant to, Pace pace, Uplink uplink, RemoteServer server, Tally all) {}

    /// Works until the task is done or the pace says that it ends.
    void run(Task task) throws InterruptedException {
        var next = start(task.from());
        source = sourceFrom(LocalDate.ofInstant(next, ZoneOffset.UTC));
        var queue = file.queue();
        drain(queue, task);
        var step = file.device().intervalLength().multipliedBy(batchSize);
        while (next.isBefore(task.to())) {
            var end = min(next.plus(step), lastWhole(next, task.to()));
            if (!end.isAfter(next) || !task.pace().await(end)) {
                break;
            }
            var readings = between(next, end);
            file.keepWaiting(readings, end);
            queue.add(Channel.GENERATION, readings);
            drain(queue, task);
            next = end;
        }
        file.save();
    }

    /// What was spoken of is not spoken of again.
    private Instant start(Instant from) {
        long length = file.device().intervalLength().toSeconds();
        var aligned = Instant.ofEpochSecond(Math.ceilDiv(from.getEpochSecond(), length) * length);
        var until = file.until();
        return until == null || until.isBefore(aligned) ? aligned : until;
    }

    /// The last end of an interval that is not after `to`.
    private Instant lastWhole(Instant from, Instant to) {
        var length = file.device().intervalLength();
        return from.plus(length.multipliedBy(Duration.between(from, to).dividedBy(length)));
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private SimulatedReadings sourceFrom(LocalDate since) {
        return fraud.<SimulatedReadings>map(each ->
                        new CheatingPanel(
                                panel, each, since, neighbour == null ? panel : neighbour))
                .orElse(panel);
    }

    private List<IntervalReading> between(Instant from, Instant to) {
        var readings = new ArrayList<IntervalReading>();
        for (var day = LocalDate.ofInstant(from, ZoneOffset.UTC);
                day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(to);
                day = day.plusDays(1)) {
            for (var reading : day(day)) {
                if (!reading.interval().start().isBefore(from)
                        && !reading.interval().end().isAfter(to)) {
                    readings.add(reading);
                }
            }
        }
        return readings;
    }

    /// Batches of one reading would make a whole day each.
    private List<IntervalReading> day(LocalDate day) {
        var from = source;
        if (from != null && !day.equals(cachedDay)) {
            cached = from.day(day);
            cachedDay = day;
        }
        return cached;
    }

    /// Sends what waits, in its order, until nothing does.
    private void drain(BatchQueue queue, Task task) throws InterruptedException {
        boolean resumed = false;
        for (var first = queue.first(); first.isPresent(); first = queue.first()) {
            var batch = first.get();
            var told = task.uplink().send(file, batch);
            int readings = batch.batch().readings().size();
            if (told.taken()) {
                tally.taken(readings, told);
                task.all().taken(readings, told);
                queue.firstWasTaken();
                keep(batch);
                resumed = false;
            } else if (told.code().equals("device_unknown")) {
                throw new CommandFailed(
                        "%s: the server knows no such device of yours; %s is of another server or"
                                        .formatted(name, file.path())
                                + " owner");
            } else if (!resumed && isOutOfStep(told.code())) {
                resume(queue, task.server());
                resumed = true;
            } else {
                tally.refused(readings, told);
                task.all().refused(readings, told);
                queue.firstWasRefused();
                resumed = false;
            }
        }
    }

    private void keep(SignedBatch taken) {
        file.keepProgress(taken.batch().sequence(), taken.batch().sha256());
    }

    private static boolean isOutOfStep(String code) {
        return code.equals("sequence_gap")
                || code.equals("sequence_used")
                || code.equals("previous_hash_differs");
    }

    /// Goes on from what the server has, which may be more or less than the file says.
    private void resume(BatchQueue queue, RemoteServer server) throws InterruptedException {
        var answer = server.get("/api/v1/devices/" + file.device().id());
        if (!answer.isSuccess()) {
            throw new CommandFailed(name + ": " + answer.explanation());
        }
        long sequence = answer.json().path("last_sequence").asLong();
        var batch = new Sha256(answer.json().path("last_batch").asString());
        queue.resumeAt(sequence, batch);
        file.keepProgress(sequence, batch);
    }
}
