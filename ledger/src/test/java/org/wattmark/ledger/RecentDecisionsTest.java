package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.id;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Bytes;

class RecentDecisionsTest {

    private static final int MOST = 131_072;

    private final RecentDecisions recent = new RecentDecisions();

    private static Decided decided(long id) {
        return new Decided(id(id), Bytes.EMPTY, "outcome", Bytes.EMPTY, id);
    }

    @Test
    void areRememberedUntilTheyAreForgotten() {
        recent.add(decided(1));
        recent.addAll(Map.of(id(2), decided(2), id(3), decided(3)));

        recent.forget(List.of(decided(2)));

        assertThat(recent.of(id(1))).isEqualTo(decided(1));
        assertThat(recent.of(id(2))).isNull();
        assertThat(recent.all()).containsOnlyKeys(id(1), id(3));
        recent.clear();
        assertThat(recent.all()).isEmpty();
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        for (long i = 1; i <= MOST; i++) {
            recent.add(decided(i));
        }
        assertThat(recent.of(id(1))).isNotNull();

        recent.add(decided(MOST + 1));

        assertThat(recent.of(id(1))).isNull();
        assertThat(recent.of(id(2))).isNotNull();
        assertThat(recent.all()).hasSize(MOST);
    }
}
