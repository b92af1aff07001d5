package org.wattmark.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Receipt;
import org.wattmark.simulation.Decision.Death;
import org.wattmark.simulation.Decision.Fault;
import org.wattmark.tlog.Hash;

/// Two servers, one store, a network, clients and a publisher: nothing in it happens but what a
/// history decides, one after the other, on one thread.
final class World implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /// How often everybody asks again before it counts as no progress.
    private static final int PATIENCE = 6;

    /// In which a server decides whatever waits in a world.
    private static final int STEPS = 12;

    private final Store store;
    private final Judge judge = new Judge();
    private final LogSide log;
    private final @Nullable Server[] servers = new Server[2];
    private final Duration[] skews = {Duration.ZERO, Duration.ZERO};
    private final List<Asked> network = new ArrayList<>();
    private final Set<UUID> refused = new HashSet<>();
    private Instant time = START;
    private long lives;
    private long operations;
    private boolean isNested;
    private @Nullable Broken broken;

    World(Path folder) {
        store = new Store(this::committed);
        log = new LogSide(folder, store);
        start(0);
    }

    /// Commands handed to a sequencer, publications, and what else befell a server or the store.
    long operations() {
        return operations;
    }

    /// What all committed leaves add up to.
    Hash root() {
        return log.root();
    }

    /// Plays one decision. The rules are looked at during it and after it.
    void play(Decision decision) {
        time = time.plusMillis(20); // a world lasts minutes, in which holds of seconds expire
        switch (decision) {
            case Decision.Send(var request) -> send(request);
            case Decision.Arrive(var pick, var again, var server) -> arrive(pick, again, server);
            case Decision.Step(var server, var faults, var death) -> step(server, faults, death);
            case Decision.Restart(var server) -> start(server);
            case Decision.Die(var server) -> die(server);
            case Decision.RestartStore() -> {
                operations++;
                store.restart();
            }
            case Decision.Refuse(var request) -> {
                if (store.decided(request.command().id()) == null) {
                    store.refuse(request.command().id());
                    refused.add(request.command().id());
                }
            }
            case Decision.Jump(var server, var by) ->
                    skews[server] = Server.atMost(skews[server].plus(by));
            case Decision.Publish(var faultAt, var dies) -> {
                operations++;
                log.publish(faultAt, dies);
            }
            case Decision.LoseTile(var pick) -> log.lose(pick);
            case Decision.Check() -> check();
        }
        throwIfBroken();
    }

    private void throwIfBroken() {
        var fault = broken;
        if (fault != null) {
            throw fault;
        }
    }

    Instant time(int slot) {
        return time.plus(skews[slot]);
    }

    private void send(Request request) {
        network.add(judge.ask(request));
    }

    private void arrive(int pick, boolean again, int slot) {
        if (network.isEmpty()) {
            return;
        }
        int place = Math.floorMod(pick, network.size());
        deliver(again ? network.get(place) : network.remove(place), slot);
    }

    private void deliver(Asked asked, int slot) {
        var server = servers[slot];
        if (server != null && server.isRunning()) {
            operations++;
            server.receive(asked, asked.command, this::heard);
        }
    }

    private void step(int slot, List<Fault> faults, Death death) {
        var server = servers[slot];
        if (server == null) {
            return;
        }
        server.journal.meet(faults);
        server.step(death);
        throwIfBroken();
        if (!server.isRunning() && servers[slot] == server) {
            servers[slot] = null;
            operations++;
        } else if (servers[slot] == server && isLeader(slot)) {
            memoryIsWhatIsCommitted(server);
        }
    }

    /// Whether nobody has taken the lead since, though that one may be dead by now.
    private boolean isLeader(int slot) {
        var server = servers[slot];
        return server != null && server.life() == lives;
    }

    /// What a client reads after its answer includes what it was told: nothing is staged, and the
    /// balances in memory are the durable ones.
    private void memoryIsWhatIsCommitted(Server server) {
        var inMemory = server.machines.staging.contents().get("balance");
        Broken.unless(
                store.map("balance").equals(inMemory),
                "I-31",
                () -> "in memory " + inMemory + ", durable " + store.map("balance"));
    }

    private void die(int slot) {
        var server = servers[slot];
        if (server != null) {
            server.die();
            servers[slot] = null;
            operations++;
        }
    }

    private void start(int slot) {
        die(slot);
        operations++;
        servers[slot] = new Server(this, slot, ++lives, store, () -> takeOver(1 - slot));
    }

    /// While one server is frozen in a call to the store, the other takes the lead, and serves.
    private void takeOver(int slot) {
        if (isNested) {
            return;
        }
        isNested = true;
        start(slot);
        for (int i = 0; i < 3; i++) {
            arrive(i, true, slot);
        }
        step(slot, List.of(), Death.NONE);
        isNested = false;
    }

    private void committed(Batch batch) {
        guarded(() -> judge.committed(batch, store));
    }

    private void heard(Asked asked, @Nullable Object outcome, @Nullable Throwable trouble) {
        guarded(() -> judge.heard(asked, outcome, trouble, store));
    }

    /// A server's rule of its own is broken: only what the store refuses may look so.
    void alarm(UUID command, String cause, Server server) {
        guarded(() ->
                Broken.unless(
                        refused.contains(command) || server.journal.sawViolation(),
                        "own code",
                        () -> "command " + command + " is quarantined: " + cause));
    }

    /// A server gives up by itself.
    void failed(Throwable cause) {
        guarded(() -> {
            throw new Broken("own code", "the sequencer has failed", cause);
        });
    }

    /// What is found within a server must not be taken by the server for a fault of its own.
    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (Broken found) {
            if (broken == null) {
                broken = found;
            }
        }
    }

    /// Compares all there is: nothing told was lost, fresh machines that replay the journal have
    /// the rows that were committed, and so has whoever leads.
    void check() {
        judge.nothingIsLost(store);
        Totals.of(judge.model(), store);
        Replay.of(store);
        log.refusesSecondSigner();
        for (int slot = 0; slot < 2; slot++) {
            var server = servers[slot];
            if (server != null && isLeader(slot)) {
                Replay.same("in memory", server.machines.staging.contents(), store.maps());
            }
        }
    }

    /// All faults end: every client asks until it knows, and everything told is in the log.
    void settle() {
        store.restart();
        start(0);
        for (int i = 0; i < PATIENCE && !unanswered().isEmpty(); i++) {
            unanswered().forEach(asked -> deliver(asked, 0));
            for (int steps = 0; steps < STEPS; steps++) {
                step(0, List.of(), Death.NONE);
            }
        }
        Broken.unless(
                unanswered().isEmpty(),
                "progress",
                () -> "nobody answers " + unanswered().getFirst().request);
        log.publish(0, false);
        throwIfBroken();
        check();
        proofs();
        throwIfBroken();
    }

    private List<Asked> unanswered() {
        return judge.asked().stream()
                .filter(asked -> asked.told == null && !store.refuses(asked.command.id()))
                .toList();
    }

    private void proofs() {
        int n = 0;
        for (var asked : judge.asked()) {
            var outcome = asked.told;
            for (var receipt : outcome == null ? List.<Receipt>of() : Words.receipts(outcome)) {
                if (n++ % 37 == 0) { // some of them; a proof costs as much as ten commands
                    log.covers(receipt.sequence(), receipt.leafHash());
                }
            }
        }
    }

    /// The store is restored to an earlier state and goes on from there, as after a bad restore.
    void refuseAnotherPast(int lost) {
        int size = (int) log.signedSize();
        if (size > 0) {
            int kept = Math.max(0, size - 1 - Math.floorMod(lost, size));
            var leaves = new ArrayList<>(store.leaves().subList(0, kept));
            while (leaves.size() < size + lost % 3) {
                leaves.add(Hash.of(new byte[Hash.BYTES]));
            }
            log.refusesAnotherPast(leaves);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
