package org.wattmark.server.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Sequencer;

/// What a capability adds to the sequencer: who handles its commands, and what comes of them.
public final class CommandHandlers {

    private final List<Consumer<Sequencer.Builder>> handlers = new ArrayList<>();
    private final List<Class<?>> outcomes = new ArrayList<>();

    private CommandHandlers() {}

    /// @param outcome a record, or a sealed interface over records
    public static <O, C extends Command<O>> CommandHandlers of(
            Class<C> command, Class<O> outcome, Function<C, O> handler) {
        return new CommandHandlers().and(command, outcome, handler);
    }

    public <O, C extends Command<O>> CommandHandlers and(
            Class<C> command, Class<O> outcome, Function<C, O> handler) {
        handlers.add(sequencer -> sequencer.handle(command, handler));
        outcomes.add(outcome);
        return this;
    }

    void addTo(Sequencer.Builder sequencer) {
        handlers.forEach(each -> each.accept(sequencer));
    }

    Stream<Class<?>> outcomes() {
        return outcomes.stream();
    }
}
