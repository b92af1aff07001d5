package org.wattmark.server.simulate;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.client.Stop;

/// All devices of a simulation side by side, and what is said of them meanwhile.
final class Simulation {

    /// How long a batch on its way is waited for when the simulation is told to end.
    private static final Duration TO_FINISH = Duration.ofSeconds(5);

    private final List<SimulatedDevice> devices;
    private final Stop stop;
    private final PrintWriter out;
    private final Tally all = new Tally();

    Simulation(List<SimulatedDevice> devices, Stop stop, PrintWriter out) {
        this.devices = List.copyOf(devices);
        this.stop = stop;
        this.out = out;
    }

    Tally all() {
        return all;
    }

    Stop stop() {
        return stop;
    }

    /// Runs until every device is done, or until it is told to end.
    ///
    /// @param every how often a line of progress is printed
    void run(SimulatedDevice.Task task, Duration every) throws InterruptedException {
        var working = new CountDownLatch(devices.size());
        var threads = Thread.ofVirtual().name("simulated-", 1).factory();
        try (var each = Executors.newThreadPerTaskExecutor(threads)) {
            for (var device : devices) {
                each.execute(() -> run(device, task, working));
            }
            while (!working.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                say(all.line() + waits(task));
                if (stop.isTold()) {
                    var _ = working.await(TO_FINISH.toMillis(), TimeUnit.MILLISECONDS);
                    each.shutdownNow();
                }
            }
        }
    }

    private void run(SimulatedDevice device, SimulatedDevice.Task task, CountDownLatch working) {
        try {
            device.run(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CommandFailed e) {
            all.failed(String.valueOf(e.getMessage()));
            say(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            all.failed(device.name() + ": " + e);
            say(device.name() + " is given up: " + e);
        } finally {
            working.countDown();
        }
    }

    private static String waits(SimulatedDevice.Task task) {
        long waits = task.uplink().waits();
        return waits == 0 ? "" : "; waited for the server " + waits + " times";
    }

    void summary(SimulatedDevice.Task task) {
        say("");
        for (var device : devices) {
            say(
                    "%s  %-12s %6d W  %-13s %s%s"
                            .formatted(
                                    device.name(),
                                    device.file().place().label(),
                                    device.file().device().installation().wattsPeak(),
                                    device.fraud().map(SimulateCommand::label).orElse("honest"),
                                    device.tally().line(),
                                    rules(device.tally())));
        }
        say("together   " + all.line() + waits(task));
        say("energy     " + all.energy() + " accepted, all simulated and of class TEST");
        all.refusals().forEach((code, what) -> say("refused    " + code + ", " + what));
    }

    private static String rules(Tally tally) {
        return tally.rules().isEmpty()
                ? ""
                : tally.rules().entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
