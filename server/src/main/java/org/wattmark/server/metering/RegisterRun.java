package org.wattmark.server.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.RegisterAdmission;
import org.wattmark.metering.RegisterIntake;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.metering.RegisterReading;
import org.wattmark.metering.RegisterReset;

/// Readings of a register that came together, held one by one against how far it has come.
final class RegisterRun {

    private final Duration length;
    private final Instant receivedAt;
    private final List<RegisterReading> taken = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<IntervalReading> completed = new ArrayList<>();
    private RegisterProgress progress;
    private Optional<RegisterAnswer.Refused> refused = Optional.empty();
    private Optional<RegisterReset> reset = Optional.empty();
    private int conflicting;
    private long wattHours;

    private RegisterRun(RegisterProgress progress, Duration length, Instant receivedAt) {
        this.progress = progress;
        this.length = length;
        this.receivedAt = receivedAt;
    }

    static RegisterRun of(
            List<RegisterReading> readings,
            Optional<RegisterReset> reset,
            RegisterProgress progress,
            Duration length,
            Instant receivedAt) {
        var run = new RegisterRun(progress, length, receivedAt);
        for (int i = 0; i < readings.size() && run.refused.isEmpty(); i++) {
            run.read(i, readings.get(i));
        }
        if (run.refused.isEmpty()) {
            reset.ifPresent(run::exchange);
        }
        return run;
    }

    private void read(int position, RegisterReading reading) {
        var admission = RegisterIntake.admit(reading, progress, length, receivedAt);
        if (admission instanceof RegisterAdmission.Accepted) {
            taken.add(reading);
        }
        add(position, admission);
    }

    private void exchange(RegisterReset each) {
        var admission = RegisterIntake.reset(each, progress, length, receivedAt);
        if (admission instanceof RegisterAdmission.Accepted) {
            reset = Optional.of(each);
        }
        add(0, admission);
    }

    private void add(int position, RegisterAdmission admission) {
        switch (admission) {
            case RegisterAdmission.Accepted accepted -> {
                progress = accepted.next();
                wattHours = Math.addExact(wattHours, accepted.wattHours());
                completed.addAll(accepted.completed());
                findings.addAll(accepted.findings());
            }
            case RegisterAdmission.Repeated() -> {} // nothing to do
            case RegisterAdmission.Conflicting(var finding) -> {
                conflicting++;
                findings.add(finding);
            }
            case RegisterAdmission.Refused(var reason, var explanation) ->
                    refused =
                            Optional.of(
                                    new RegisterAnswer.Refused(
                                            RegisterAnswer.Reason.valueOf(reason.name()),
                                            position,
                                            explanation));
        }
    }

    Optional<RegisterAnswer.Refused> refused() {
        return refused;
    }

    List<IntervalReading> completed() {
        return List.copyOf(completed);
    }

    int conflicting() {
        return conflicting;
    }

    long wattHours() {
        return wattHours;
    }

    /// What is to be recorded; empty if there is nothing new.
    Optional<RegisterAdvanced> advanced(DeviceId device, Channel channel) {
        return taken.isEmpty() && reset.isEmpty() && findings.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RegisterAdvanced(
                                device,
                                channel,
                                taken,
                                reset,
                                findings.stream().sorted().toList(),
                                completed,
                                progress));
    }
}
