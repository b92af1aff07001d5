package org.wattmark.server.metering;

import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.metering.RegisterAnswer.Reason;

/// Registers of devices, one for each channel, and how far each has come. What they count are
/// readings like all others, which [Meters] keeps.
public final class RegisterMeters implements Machine {

    static final String PROGRESS = "register_progress";

    private final Staging staging;
    private final Meters meters;
    private final StagedMap<RegisterKey, RegisterState> registers;

    public RegisterMeters(Staging staging, Meters meters) {
        this.staging = staging;
        this.meters = meters;
        this.registers = staging.map(PROGRESS);
        staging.add(this);
    }

    /// What the sequencer has this machine decide.
    public CommandHandlers commands() {
        return CommandHandlers.of(AdvanceRegister.class, RegisterAnswer.class, this::advance);
    }

    RegisterAnswer advance(AdvanceRegister command) {
        var known = registers.get(command.key());
        if (command.declared().isPresent()) {
            return declare(command, known);
        }
        if (known == null) {
            return new RegisterAnswer.Refused(
                    Reason.REGISTER_UNKNOWN, 0, "no register is declared for " + command.channel());
        }
        var device = command.device();
        var run =
                RegisterRun.of(
                        command.readings(),
                        command.reset(),
                        known.progress(),
                        device.intervalLength(),
                        staging.now());
        if (run.refused().isPresent()) {
            return run.refused().get();
        }
        var advanced = run.advanced(device.id(), command.channel());
        if (advanced.isEmpty()) {
            return new RegisterAnswer.Nothing();
        }
        var stated = meters.progressOf(device.id()).stated(command.channel());
        var time = Coverage.of(run.completed().stream().map(IntervalReading::interval).toList());
        if (stated.overlaps(time)) {
            return new RegisterAnswer.Refused(
                    Reason.OVERLAPS_STORED, 0, "some of " + time + " has been stated before");
        }
        return take(command, advanced.get(), run);
    }

    private RegisterAnswer declare(AdvanceRegister command, @Nullable RegisterState known) {
        var register = command.declared().orElseThrow();
        if (known != null) {
            var there = known.progress().register();
            return there.equals(register)
                    ? new RegisterAnswer.Nothing()
                    : new RegisterAnswer.Refused(
                            Reason.REGISTER_DIFFERS, 0, "the channel has " + there);
        }
        var declared =
                RegisterAdvanced.declared(command.device().id(), command.channel(), register);
        var entry = staging.record(declared);
        return new RegisterAnswer.Taken(0, 0, 0, 0, entry.receipt());
    }

    private RegisterAnswer take(
            AdvanceRegister command, RegisterAdvanced advanced, RegisterRun run) {
        var entry = staging.record(advanced);
        staging.write(new RegisterFindings.Row(advanced, entry.sequence()));
        meters.takeCompleted(advanced, command.device());
        return new RegisterAnswer.Taken(
                advanced.readings().size(),
                run.wattHours(),
                advanced.completed().size(),
                run.conflicting(),
                entry.receipt());
    }

    @Override
    public void apply(Entry entry) {
        if (entry.fact() instanceof RegisterAdvanced advanced) {
            registers.put(
                    new RegisterKey(advanced.device(), advanced.channel()),
                    new RegisterState(advanced.next(), entry.sequence()));
        }
    }
}
