package org.wattmark.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A judge that has never found anything proves nothing: every bug that is planted is found.
class PlantsTest {

    static List<Plant> plants() {
        return Plants.ALL;
    }

    @ParameterizedTest
    @MethodSource("plants")
    void everyPlantedBugIsFound(Plant plant) {
        long start = System.nanoTime();

        var found = Hunt.planted(plant, SimulateFaults.root(), SimulateFaults.PLANT_FOUND);

        assertThat(found).as(plant.name()).contains("seed ");
        System.out.printf("%4.1f s  %s%n", SimulateFaults.seconds(start), plant.name());
    }

    @Test
    void noFewerThanTwelveArePlanted() {
        assertThat(Plants.ALL).extracting(Plant::name).hasSizeGreaterThanOrEqualTo(12);
        assertThat(Plants.ALL).extracting(Plant::name).doesNotHaveDuplicates();
    }

    @Test
    void whereNothingIsPlantedNothingIsFound() {
        var found = Hunt.planted(Plants.NONE, SimulateFaults.root(), Duration.ofSeconds(3));

        assertThat(found).isEmpty();
    }

    @Test
    void aPlantWhosePlaceHasChangedIsNoticed() {
        var gone = Plant.in("ledger", "Ledger", "gone", "no such text", "");
        var twice = Plant.in("ledger", "Ledger", "twice", "return", "");

        for (var plant : List.of(gone, twice)) {
            assertThatThrownBy(() -> plant.text(SimulateFaults.root()))
                    .hasMessageContaining("has no single place any more");
        }
    }
}
