package org.wattmark.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.wattmark.simulation.Decision.Death;
import org.wattmark.simulation.Decision.Fault;

/// Makes a history from a seed. Worlds differ in how bad their day is: from a calm one to a store
/// that refuses a third of all calls while servers take each other's lead.
final class Histories {

    /// Enough for holdings to be used up and for claims to end, few enough to play in a moment.
    private static final int ROUNDS = 1_500;

    /// Chances in 1,000 of a fault in one call to the store.
    private static final int[] ERROR_RATES = {0, 10, 50, 300};

    private static final List<Duration> JUMPS =
            List.of(
                    Duration.ofHours(1),
                    Duration.ofHours(-1),
                    Duration.ofMinutes(-5),
                    Duration.ofMillis(-3));

    private static final List<Death> DEATHS = List.of(Death.values());

    private final RandomGenerator random;
    private final Clients clients;
    private final List<Decision> history = new ArrayList<>();
    private final int errorRate;
    private final int troubleRate;
    private final int batch;

    private Histories(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        clients = new Clients(random);
        errorRate = ERROR_RATES[random.nextInt(ERROR_RATES.length)];
        troubleRate = random.nextInt(40);
        batch = 1 + random.nextInt(12);
    }

    static List<Decision> of(long seed) {
        var histories = new Histories(seed);
        histories.write();
        return histories.history;
    }

    private void write() {
        for (var first : clients.opening()) {
            history.add(new Decision.Send(first));
            history.add(new Decision.Arrive(0, false, 0));
        }
        history.add(new Decision.Step(0, List.of(), Death.NONE));
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
    }

    private void round() {
        history.add(new Decision.Send(clients.next()));
        int arrivals = 1 + (chance(300) ? 1 : 0);
        for (int i = 0; i < arrivals; i++) {
            history.add(new Decision.Arrive(random.nextInt(1 << 16), chance(250), server()));
        }
        if (random.nextInt(batch) == 0) {
            history.add(new Decision.Step(server(), faults(), death()));
        }
        if (chance(6)) {
            history.add(new Decision.Publish(chance(300) ? 1 + random.nextInt(9) : 0, chance(500)));
        }
        if (chance(troubleRate)) {
            history.add(trouble());
        }
        if (chance(1)) {
            history.add(new Decision.Check());
        }
    }

    /// Clients mostly find the server that leads, and not always.
    private int server() {
        return chance(150) ? 1 : 0;
    }

    private Decision trouble() {
        return switch (random.nextInt(8)) {
            case 0 -> new Decision.Die(server());
            case 1, 2 -> new Decision.Restart(random.nextInt(2));
            case 3 -> new Decision.RestartStore();
            case 4 -> new Decision.Refuse(clients.recent());
            case 5, 6 ->
                    new Decision.Jump(random.nextInt(2), JUMPS.get(random.nextInt(JUMPS.size())));
            default -> new Decision.LoseTile(random.nextInt(1 << 16));
        };
    }

    private List<Fault> faults() {
        if (errorRate > 0 && chance(10)) {
            return outage();
        }
        var faults = new ArrayList<Fault>();
        boolean any = false;
        for (int i = 0; i < 5; i++) {
            var fault = chance(errorRate) ? fault() : Fault.NONE;
            faults.add(fault);
            any |= fault != Fault.NONE;
        }
        return any ? List.copyOf(faults) : List.of();
    }

    /// A full disk: every call is refused for a while.
    private List<Fault> outage() {
        var faults = new ArrayList<Fault>();
        int length = 1 + random.nextInt(30);
        for (int i = 0; i < length; i++) {
            faults.add(Fault.REFUSED);
        }
        return List.copyOf(faults);
    }

    private Fault fault() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> Fault.REFUSED;
            case 4, 5 -> Fault.LOST;
            case 6, 7 -> Fault.ANSWER_LOST;
            case 8, 9 -> Fault.LATE;
            case 10 -> Fault.VIOLATED;
            case 11 -> Fault.DIES_BEFORE;
            case 12 -> Fault.DIES_AFTER;
            case 13, 14 -> Fault.FROZEN;
            default -> Fault.STORE_DIES;
        };
    }

    private Death death() {
        return chance(errorRate / 4 + 2) ? DEATHS.get(random.nextInt(DEATHS.size())) : Death.NONE;
    }

    private boolean chance(int inThousand) {
        return random.nextInt(1_000) < inThousand;
    }
}
