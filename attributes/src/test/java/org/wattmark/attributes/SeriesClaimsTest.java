package org.wattmark.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Period;

class SeriesClaimsTest {

    private static final ClaimId FIRST = new ClaimId(new UUID(0, 1));
    private static final ClaimId SECOND = new ClaimId(new UUID(0, 2));
    private static final Period MARCH = days(0, 31);

    @Test
    void oneClaimStandsInTheWayOfEveryOtherOnTheSameEnergy() {
        var claims = SeriesClaims.NONE.reserving(FIRST, Use.CARBON_CREDIT, MARCH);

        var inTheWay = claims.inTheWayOf(days(30, 40));

        assertThat(inTheWay).map(SeriesClaims.Claimed::claim).contains(FIRST);
        assertThat(claims.inTheWayOf(days(31, 40))).isEmpty();
        assertThatThrownBy(() -> claims.reserving(SECOND, Use.ENERGY_SALE, days(5, 6)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsReleasedIsFreeForOthers() {
        var claims =
                SeriesClaims.NONE
                        .reserving(FIRST, Use.CARBON_CREDIT, MARCH)
                        .ending(FIRST, AllocationStatus.RELEASED);

        var again = claims.reserving(SECOND, Use.GRANULAR_CERTIFICATE, MARCH);

        assertThat(again.inTheWayOf(MARCH)).map(SeriesClaims.Claimed::claim).contains(SECOND);
        assertThat(again.claims()).hasSize(2);
    }

    @Test
    void whatIsConsumedStaysConsumed() {
        var consumed =
                SeriesClaims.NONE
                        .reserving(FIRST, Use.CARBON_CREDIT, MARCH)
                        .ending(FIRST, AllocationStatus.CONSUMED);

        assertThat(consumed.inTheWayOf(MARCH)).isPresent();
        assertThatThrownBy(() -> consumed.ending(FIRST, AllocationStatus.RELEASED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// A table keeps no order, and what is read from it is the same value.
    @Test
    void theOrderInWhichClaimsWereMadeDoesNotCount() {
        var laterFirst =
                SeriesClaims.NONE
                        .reserving(SECOND, Use.CARBON_CREDIT, days(31, 40))
                        .reserving(FIRST, Use.CARBON_CREDIT, MARCH);

        var earlierFirst =
                SeriesClaims.NONE
                        .reserving(FIRST, Use.CARBON_CREDIT, MARCH)
                        .reserving(SECOND, Use.CARBON_CREDIT, days(31, 40));

        assertThat(laterFirst).isEqualTo(earlierFirst);
    }

    @Seeded
    void liveClaimsNeverOverlapWhateverIsTried(RandomGenerator random) {
        var claims = SeriesClaims.NONE;

        for (int i = 0; i < 60; i++) {
            int start = random.nextInt(50);
            var wanted = days(start, start + 1 + random.nextInt(10));
            var inTheWay = claims.inTheWayOf(wanted);
            if (inTheWay.isEmpty()) {
                claims = claims.reserving(new ClaimId(new UUID(1, i)), Use.CARBON_CREDIT, wanted);
            } else if (inTheWay.get().status() == AllocationStatus.PENDING) {
                claims = claims.ending(inTheWay.get().claim(), anyEnd(random));
            }
        }

        var live = claims.claims().stream().filter(each -> each.status().isLive()).toList();
        for (int i = 0; i < live.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(live.get(i).period().overlaps(live.get(j).period())).isFalse();
            }
        }
    }

    private static AllocationStatus anyEnd(RandomGenerator random) {
        return random.nextBoolean() ? AllocationStatus.CONSUMED : AllocationStatus.RELEASED;
    }

    private static Period days(int first, int end) {
        var march = Instant.parse("2026-03-01T00:00:00Z");
        return new Period(march.plus(Duration.ofDays(first)), march.plus(Duration.ofDays(end)));
    }
}
