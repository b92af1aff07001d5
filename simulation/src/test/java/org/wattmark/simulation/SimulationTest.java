package org.wattmark.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wattmark.simulation.Decision.Death;
import org.wattmark.simulation.Decision.Fault;

/// The product under faults. A failure prints the seed and a shortened history; `-Dseed=17` plays
/// that world alone.
class SimulationTest {

    private static final long OPERATIONS = 1_000_000;

    @Test
    void aMillionOperationsUnderFaultsBreakNoRule() {
        try (var simulation = new Simulation()) {
            long start = System.nanoTime();

            long seed = Long.getLong("seed", 0);
            do {
                play(simulation, seed++);
            } while (Long.getLong("seed") == null && simulation.operations() < OPERATIONS);

            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "simulated %,d operations in %.0f s: %,.0f/s%n",
                    simulation.operations(),
                    seconds,
                    simulation.operations() / seconds);
            assertThat(simulation.operations()).isPositive();
        }
    }

    private static void play(Simulation simulation, long seed) {
        var failure = simulation.play(seed);
        if (failure.isPresent()) {
            fail(failure.get().shortened(simulation).report());
        }
    }

    @Test
    void theSameSeedPlaysTheSame() {
        try (var one = new Simulation();
                var other = new Simulation()) {
            for (long seed = 0; seed < 5; seed++) {
                play(one, seed);
                play(other, seed);

                assertThat(one.lastRoot()).isEqualTo(other.lastRoot());
                assertThat(one.operations()).isEqualTo(other.operations());
            }
        }
    }

    /// What the histories are made of: were a fault never dealt, nothing would say so.
    @Test
    void everyFaultEveryDeathAndEveryRequestOccurs() {
        var histories =
                LongStream.range(0, 60).mapToObj(Histories::of).flatMap(List::stream).toList();

        var steps =
                histories.stream()
                        .filter(Decision.Step.class::isInstance)
                        .map(Decision.Step.class::cast)
                        .toList();
        assertThat(steps).flatExtracting(Decision.Step::faults).contains(Fault.values());
        assertThat(steps).extracting(Decision.Step::death).contains(Death.values());
        assertThat(kinds(histories)).contains(Decision.class.getPermittedSubclasses());
        var requests =
                histories.stream()
                        .filter(Decision.Send.class::isInstance)
                        .map(each -> ((Decision.Send) each).request())
                        .toList();
        assertThat(kinds(requests)).contains(Request.class.getPermittedSubclasses());
    }

    private static Set<Class<?>> kinds(List<?> all) {
        var kinds = new HashSet<Class<?>>();
        all.forEach(each -> kinds.add(each.getClass()));
        return kinds;
    }
}
