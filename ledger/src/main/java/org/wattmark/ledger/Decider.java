package org.wattmark.ledger;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.ledger.Sequencer.Quarantined;
import org.wattmark.ledger.Sequencer.Waiting;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Decides commands one by one into the open batch, each id once.
final class Decider {

    private final Staging staging;
    private final Map<Class<?>, Function<?, ?>> handlers;
    private final Function<Object, byte[]> outcomeEncoder;
    private final Consumer<Event> listener;
    private final RecentDecisions recent = new RecentDecisions();

    Decider(
            Staging staging,
            Map<Class<?>, Function<?, ?>> handlers,
            Function<Object, byte[]> outcomeEncoder,
            Consumer<Event> listener) {
        this.staging = staging;
        this.handlers = handlers;
        this.outcomeEncoder = outcomeEncoder;
        this.listener = listener;
    }

    RecentDecisions recent() {
        return recent;
    }

    /// Decides one command, or finds what its id already stands for.
    ///
    /// @param fresh takes the decision if it is one
    /// @return what answers the client, to be run after the commit
    <O> Runnable decide(Waiting<O> waiting, List<Decided> fresh) {
        var command = waiting.command();
        var mark = staging.mark();
        try {
            var fingerprint = Bytes.of(Canonical.sha256(command.content()));
            var before = recent.of(command.id());
            if (before != null) {
                O outcome = answerAgain(command, fingerprint, before);
                return () -> waiting.answer().complete(outcome);
            }
            O outcome = handlerOf(command).apply(command);
            var decided = decided(command, fingerprint, outcome, mark);
            recent.add(decided);
            fresh.add(decided);
            return () -> waiting.answer().complete(outcome);
        } catch (RuntimeException | AssertionError bug) {
            staging.rollBackTo(mark);
            listener.accept(new Event.Violated(command, String.valueOf(bug)));
            var quarantined = new Quarantined(command.id(), String.valueOf(bug));
            return () -> waiting.answer().completeExceptionally(quarantined);
        }
    }

    private <O> Decided decided(
            Command<O> command, Bytes fingerprint, O outcome, Staging.Mark mark) {
        if (staging.nextSequence() == mark.nextSequence()) {
            staging.record(new NothingChanged(command.id()));
        }
        var encoded =
                command.isItsOwnRecord() && staging.isRecordedBy(command.id(), mark)
                        ? Bytes.EMPTY
                        : Bytes.of(outcomeEncoder.apply(outcome));
        return new Decided(command.id(), fingerprint, outcome, encoded, mark.nextSequence());
    }

    @SuppressWarnings("unchecked") // an id stands for one content, so its outcome has its type
    private static <O> O answerAgain(
            Command<O> command, Bytes fingerprint, Decided before) {
        return before.standsFor(fingerprint) ? (O) before.outcome() : command.idStandsForAnother();
    }

    @SuppressWarnings("unchecked") // Builder.handle pairs a command with a handler of its type
    private <O> Function<Command<O>, O> handlerOf(Command<O> command) {
        var handler = handlers.get(command.getClass());
        if (handler == null) {
            throw new IllegalStateException("nobody handles " + command.getClass().getName());
        }
        return (Function<Command<O>, O>) handler;
    }
}
