package org.wattmark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;

class SeededTest {

    private static final Set<Long> FIRST_DRAWS = new HashSet<>();

    @Seeded(worlds = 50)
    void everyWorldDrawsItsOwnNumbers(RandomGenerator random) {
        assertThat(FIRST_DRAWS.add(random.nextLong())).isTrue();
    }

    @AfterAll
    static void allWorldsRan() {
        assertThat(FIRST_DRAWS).hasSize(Long.getLong("seed") == null ? 50 : 1);
    }
}
