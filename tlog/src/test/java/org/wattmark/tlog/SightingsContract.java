package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What holds for the sightings of a witness wherever they are kept.
public abstract class SightingsContract {

    protected static final String ORIGIN = "log.example/ä 1";

    protected abstract Sightings sightings();

    protected static Checkpoint at(long size) {
        return new Checkpoint(ORIGIN, size, Trees.tree(size).root());
    }

    @Test
    protected void nothingWasSeenAtFirst() {
        assertThat(sightings().latest(ORIGIN)).isEmpty();
    }

    @Test
    protected void remembersTheLatestOfEachLog() {
        var sightings = sightings();
        var other = new Checkpoint("other.example", 9, Trees.tree(9).root());

        assertThat(sightings.replace(Optional.empty(), at(0))).isTrue();
        assertThat(sightings.replace(Optional.of(at(0)), at(7))).isTrue();
        assertThat(sightings.replace(Optional.empty(), other)).isTrue();

        assertThat(sightings.latest(ORIGIN)).hasValue(at(7));
        assertThat(sightings.latest("other.example")).hasValue(other);
    }

    @Test
    protected void theSameAgainIsNoChange() {
        var sightings = sightings();
        sightings.replace(Optional.empty(), at(7));

        assertThat(sightings.replace(Optional.of(at(7)), at(7))).isTrue();
    }

    @Test
    protected void whoeverSawSomethingElseIsTooLate() {
        var sightings = sightings();
        sightings.replace(Optional.empty(), at(7));

        for (var outdated : List.of(Optional.<Checkpoint>empty(), Optional.of(at(6)))) {
            assertThat(sightings.replace(outdated, at(8))).isFalse();
        }
        assertThat(sightings.latest(ORIGIN)).hasValue(at(7));
    }

    @Test
    protected void neverGoesBack() {
        var sightings = sightings();
        sightings.replace(Optional.empty(), at(7));
        var otherRoot = new Checkpoint(ORIGIN, 7, Trees.tree(8).root());

        assertThat(sightings.replace(Optional.of(at(7)), at(6))).isFalse();
        assertThat(sightings.replace(Optional.of(at(7)), otherRoot)).isFalse();
        assertThat(sightings.latest(ORIGIN)).hasValue(at(7));
    }
}
