package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.testing.SettableClock;

/// A sequencer with a ledger behind it, as a server runs it.
final class Desk implements AutoCloseable {

    static final OpenAccounts OPENING = new OpenAccounts(Books.id(900), Books.ACCOUNTS);

    /// Alice is issued 1,000 g.
    static final Pay ISSUE =
            new Pay(Books.id(901), Books.ISSUANCE, Books.ALICE, Books.BLOCK, 1_000);

    final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    final Sequencer sequencer;

    private Desk(Journal journal, Function<Sequencer.Builder, Sequencer> start) {
        var books = Books.empty();
        var builder =
                Sequencer.on(journal, books.staging, new SettableClock(Books.NOON))
                        .handle(OpenAccounts.class, opening -> books.ledger.open(opening))
                        .handle(Pay.class, pay -> books.ledger.post(pay.transfer()))
                        .handle(Stumble.class, stumble -> stumble.handledBy(books.ledger))
                        .listener(events::add);
        sequencer = start.apply(builder);
    }

    /// Takes over what the journal holds.
    static Desk on(Journal journal) {
        return new Desk(journal, Sequencer.Builder::start);
    }

    /// Waits until nobody leads.
    static Desk standingBy(Journal journal) {
        return new Desk(journal, Sequencer.Builder::standBy);
    }

    /// A journal in which the accounts are open and Alice has 1,000 g.
    static MemoryJournal journalWithFunds() {
        var journal = new MemoryJournal();
        try (var desk = on(journal)) {
            desk.sequencer.apply(OPENING);
            assertThat(desk.sequencer.apply(ISSUE)).isInstanceOf(Posting.Posted.class);
        }
        return journal;
    }

    <O> CompletableFuture<O> submit(Command<O> command) {
        return sequencer.submit(command);
    }

    <O> O apply(Command<O> command) {
        return sequencer.apply(command);
    }

    /// Lets these commands make one batch. A command of its own goes ahead and waits at the gate
    /// until they have gathered behind it.
    List<CompletableFuture<Posting>> submitTogether(
            GatedJournal journal, List<? extends Command<Posting>> commands)
            throws InterruptedException {
        journal.shut();
        var _ = submit(new OpenAccounts(UUID.randomUUID(), List.of()));
        journal.awaitBatch();
        var answers = commands.stream().map(this::submit).toList();
        journal.open();
        return answers;
    }

    /// What made the answer fail; the answer must fail.
    static Throwable failureOf(CompletableFuture<?> answer) throws InterruptedException {
        try {
            throw new AssertionError("answered " + answer.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no answer in 10 s", e);
        }
    }

    /// Waits until the sequencer tells of such an event, and passes over others.
    <E extends Event> E awaitEvent(Class<E> type) throws InterruptedException {
        while (true) {
            var event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + type.getSimpleName() + " in 10 s");
            }
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /// How often the sequencer has told of such an event; those that were awaited do not count.
    long count(Class<? extends Event> type) {
        return events.stream().filter(type::isInstance).count();
    }

    /// Stops before its time; closing again does nothing more.
    void stop() {
        sequencer.close();
    }

    @Override
    public void close() {
        stop();
    }
}
