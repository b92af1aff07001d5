package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.Quartiles.Peer;
import org.wattmark.testing.Seeded;

class QuartilesTest {

    @Test
    void areTheNearestRanksInTwoDigits() {
        var group = group(1_234, 2_345, 3_456, 4_567, 5_678, 6_789, 7_890, 8_901);

        var quartiles = Quartiles.of(group).orElseThrow();

        assertThat(quartiles).isEqualTo(new Quartiles(5, 2_300, 4_600, 6_800));
        assertThat(quartiles.quarterOf(2_300)).isEqualTo(1);
        assertThat(quartiles.quarterOf(2_301)).isEqualTo(2);
        assertThat(quartiles.quarterOf(6_801)).isEqualTo(4);
    }

    @Test
    void ofFourFirmsNothingIsTold() {
        assertThat(Quartiles.of(group(1, 2, 3, 4))).isEmpty();
        assertThat(Quartiles.of(group(1, 2, 3, 4, 5))).isPresent();
    }

    @Test
    void whereOneFirmMakesMoreThanHalfNothingIsTold() {
        var others = List.of(of(10), of(20), of(30), of(40));
        var half = new ArrayList<>(others);
        half.add(new Peer(50, 400));
        var more = new ArrayList<>(others);
        more.add(new Peer(50, 401));

        assertThat(Quartiles.of(half)).isPresent();
        assertThat(Quartiles.of(more)).isEmpty();
    }

    @Test
    void firmsWithoutEmissionsAreAGroupToo() {
        var none = LongStream.range(0, 6).mapToObj(_ -> new Peer(0, 0)).toList();

        assertThat(Quartiles.of(none)).contains(new Quartiles(5, 0, 0, 0));
    }

    @Seeded
    void theOrderOfTheFirmsTellsNothingAndTheQuartilesRise(RandomGenerator random) {
        var group = new ArrayList<Peer>();
        int size = random.nextInt(5, 40);
        for (int i = 0; i < size; i++) {
            group.add(new Peer(random.nextLong(1_000_000_000_000L), 100));
        }

        var quartiles = Quartiles.of(group).orElseThrow();

        assertThat(Quartiles.of(group.reversed())).contains(quartiles);
        assertThat(quartiles.lower()).isLessThanOrEqualTo(quartiles.median());
        assertThat(quartiles.median()).isLessThanOrEqualTo(quartiles.upper());
        assertThat(quartiles.peers()).isLessThanOrEqualTo(size);
    }

    private static Peer of(long intensity) {
        return new Peer(intensity, 100);
    }

    private static List<Peer> group(long... intensities) {
        return LongStream.of(intensities).mapToObj(QuartilesTest::of).toList();
    }
}
