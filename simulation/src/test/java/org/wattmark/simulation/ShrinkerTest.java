package org.wattmark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wattmark.simulation.Decision.Arrive;
import org.wattmark.simulation.Decision.Death;
import org.wattmark.simulation.Decision.Restart;
import org.wattmark.simulation.Decision.Send;
import org.wattmark.simulation.Decision.Step;

class ShrinkerTest {

    /// The number of the first issuance in every world's opening.
    private static final int FIRST_ISSUE = 18;

    private static final List<Integer> THOUSAND = IntStream.range(0, 1_000).boxed().toList();

    @Test
    void leavesWhatMakesItFailAndNothingElse() {
        var shortest = shrink(history -> history.containsAll(List.of(17, 500, 999)), 10_000);

        assertThat(shortest).containsExactly(17, 500, 999);
    }

    @Test
    void keepsTheOrder() {
        var shortest =
                shrink(
                        history -> history.contains(3) && history.indexOf(800) > history.indexOf(3),
                        10_000);

        assertThat(shortest).containsExactly(3, 800);
    }

    @Test
    void stopsWhenItHasTriedEnough() {
        var plays = new int[1];

        shrink(
                history -> {
                    plays[0]++;
                    return history.size() > 600;
                },
                25);

        assertThat(plays[0]).isEqualTo(25);
    }

    /// Moving what is listed out of its hold is what no client can do. The exchange then finds its
    /// own rules broken.
    @Test
    void aFailingWorldIsListedWithItsSeedAndAShortHistory() {
        var history = new ArrayList<>(Histories.of(4));
        var offer = new Request.Offer(90_001, Cast.HOLDERS.getFirst(), FIRST_ISSUE, 7, 1);
        var theft = new Request.Move(90_002, List.of(new Leg.Release(90_001)));
        var withdrawal = new Request.Withdraw(90_003, Cast.HOLDERS.getFirst(), 90_001);
        for (var request : List.of(offer, theft, withdrawal)) {
            history.add(new Restart(0));
            history.add(new Send(request));
            history.add(new Arrive(-1, false, 0));
            history.add(new Step(0, List.of(), Death.NONE));
        }
        try (var simulation = new Simulation()) {
            var failure = simulation.play(4, history).orElseThrow();

            var shortened = failure.shortened(simulation);

            assertThat(shortened.history()).hasSizeLessThan(60);
            assertThat(shortened.report())
                    .contains("simulate-faults --seed 4", "Withdraw[number=90003");
        }
    }

    private static List<Integer> shrink(Predicate<List<Integer>> fails, int plays) {
        var shrinker =
                new Shrinker<Integer, List<Integer>>(
                        history -> Optional.of(history).filter(fails), plays);
        return shrinker.shrink(THOUSAND, THOUSAND);
    }
}
