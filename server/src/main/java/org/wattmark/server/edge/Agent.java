package org.wattmark.server.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Intake;
import org.wattmark.server.edge.EdgeState.BondedAs;

/// Looks at a source, makes intervals of what its counters show, and sends them.
///
/// The state is kept when intervals are complete, so at their ends: what a crash loses is where
/// within the running interval the counter stood, and never energy.
final class Agent {

    private final Source source;
    private final ServerConnection server;
    private final Bond bond;
    private final Panel panel;
    private final EdgeFolder folder;
    private final UUID device;
    private final BondedAs bonded;
    private final Counters counters;
    private final Outbox outbox;
    private final Dispatch dispatch;
    private final InstantSource clock;
    private final Consumer<String> say;
    private String trouble = "";

    /// Where what was seen is shown to people.
    interface Panel {

        Panel NONE = (_, _) -> {};

        void show(Look look, Instant now);
    }

    /// @param mostWatts what can flow through each counter
    Agent(
            Source source,
            ServerConnection server,
            DeviceSigner signer,
            EdgeFolder folder,
            BondedAs bonded,
            ToLongFunction<Channel> mostWatts,
            Panel panel,
            InstantSource clock,
            Consumer<String> say) {
        var state = folder.state();
        this.source = source;
        this.server = server;
        this.panel = panel;
        this.folder = folder;
        this.clock = clock;
        this.say = say;
        this.bonded = bonded;
        this.device = state.device();
        this.bond = new Bond(server, device, signer);
        this.counters = new Counters(state, bonded.interval(), mostWatts, say);
        this.outbox = new Outbox(state, signer);
        this.dispatch =
                new Dispatch(
                        server,
                        bond,
                        device,
                        outbox,
                        this::keep,
                        say,
                        RandomGenerator.getDefault());
    }

    /// The owner says that the meter was exchanged.
    void beginAnew() {
        counters.beginAnew();
    }

    /// Intervals that the server has not taken.
    int waiting() {
        return outbox.size();
    }

    /// What the counters showed last, in Wh.
    List<Long> counted() {
        return counters.counters().values().stream().map(EdgeState.Counter::wattHours).toList();
    }

    /// Looks once, and sends what is complete.
    void turn() {
        if (clockIsRight()) {
            look();
        }
        dispatch.send(clock.instant());
    }

    /// By how much clocks may differ: as much as the server bears.
    static boolean isRight(Duration ahead) {
        return ahead.abs().compareTo(Intake.CLOCK_TOLERANCE) <= 0;
    }

    /// A small computer without a battery starts with any time, and a reading with a wrong time is
    /// worse than none: its energy is there at the next one.
    private boolean clockIsRight() {
        var ahead = server.ahead();
        if (ahead.isPresent() && !isRight(ahead.get())) {
            var _ = bond.standing();
            ahead = server.ahead();
        }
        if (ahead.isPresent() && !isRight(ahead.get())) {
            trouble(
                    "this machine's clock is "
                            + ahead.get().negated().toSeconds()
                            + " s ahead of the server's; nothing is read until it is within "
                            + Intake.CLOCK_TOLERANCE.toSeconds()
                            + " s");
            return false;
        }
        var now = clock.instant();
        var last = counters.last();
        if (last.isEmpty() || !now.isBefore(last.get().minus(bonded.interval()))) {
            return true;
        }
        if (ahead.isEmpty() && bond.standing().isEmpty()) {
            trouble(
                    "the last reading was at "
                            + last.get()
                            + ", and now it is "
                            + now
                            + ": nothing is read until the server has said what the time is");
            return false;
        }
        counters.beginAnewAt(now);
        int givenUp = outbox.giveUpAfter(now);
        say.accept(
                "The clock was wrong: it was "
                        + last.get()
                        + " and is "
                        + now
                        + ". "
                        + givenUp
                        + " intervals of its time are given up.");
        keep();
        return true;
    }

    private void look() {
        var now = clock.instant();
        var look = source.look(now);
        switch (look) {
            case Look.Nothing(var why) -> trouble(why);
            case Look.Seen seen -> {
                if (!trouble.isEmpty() && !seen.counts().isEmpty()) {
                    say.accept("The source is read again.");
                    trouble = "";
                }
                take(seen, now);
            }
        }
        panel.show(look, now);
    }

    private void take(Look.Seen seen, Instant now) {
        var known = counters.counters().keySet();
        boolean isComplete = false;
        for (var count : seen.counts()) {
            var completed = counters.take(count, now);
            outbox.add(count.channel(), completed);
            isComplete |= !completed.isEmpty();
        }
        if (isComplete || !known.equals(counters.counters().keySet())) {
            keep();
        }
    }

    /// What goes on for hours is said once.
    private void trouble(String why) {
        if (!why.equals(trouble)) {
            say.accept(why);
            trouble = why;
        }
    }

    /// The commit point of everything that was read and sent before it.
    void keep() {
        var place = outbox.place();
        folder.keep(
                new EdgeState(
                        device,
                        bonded,
                        counters.counters(),
                        counters.stated(),
                        place.sequence(),
                        place.batch().hex(),
                        outbox.signed(),
                        outbox.unsigned()));
    }
}
