package org.wattmark.ledger;

import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private final LookUp lookUp;
    private final RecentDecisions recent = new RecentDecisions();

    /// Asks the journal what an id stands for.
    interface LookUp {

        Map<UUID, Decided> of(UUID id) throws InterruptedException;
    }

    Decider(
            Staging staging,
            Map<Class<?>, Function<?, ?>> handlers,
            Function<Object, byte[]> outcomeEncoder,
            Consumer<Event> listener,
            LookUp lookUp) {
        this.lookUp = lookUp;
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
    <O> Runnable decide(Waiting<O> waiting, List<Decided> fresh) throws InterruptedException {
        var mark = staging.mark();
        try {
            return decideIfNew(waiting, fresh, mark);
        } catch (RuntimeException | AssertionError bug) {
            staging.rollBackTo(mark);
            return isOld(waiting.command().id())
                    ? decideIfNew(waiting, fresh, mark)
                    : quarantine(waiting, String.valueOf(bug));
        }
    }

    /// An old command that comes again and is not remembered may trip over its own effect: a hold
    /// that is there already. So the journal is asked before it is called a bug.
    private boolean isOld(UUID id) throws InterruptedException {
        var kept = recent.of(id) == null ? lookUp.of(id) : Map.<UUID, Decided>of();
        recent.addAll(kept);
        return !kept.isEmpty();
    }

    private <O> Runnable quarantine(Waiting<O> waiting, String bug) {
        listener.accept(new Event.Violated(waiting.command(), bug));
        var quarantined = new Quarantined(waiting.command().id(), bug);
        return () -> waiting.answer().completeExceptionally(quarantined);
    }

    private <O> Runnable decideIfNew(Waiting<O> waiting, List<Decided> fresh, Staging.Mark mark) {
        var command = waiting.command();
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
    private static <O> O answerAgain(Command<O> command, Bytes fingerprint, Decided before) {
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
