package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who waits, and in which order they are taken.
class WaitingRoomTest {

    private final WaitingRoom<String> room = new WaitingRoom<>(10, 6);

    @Test
    void takesTheTenantsInTurnAndEachInItsOrder() {
        room.enter("a", List.of("a1", "a2", "a3", "a4"));
        room.enter("b", List.of("b1"));
        room.enter("c", List.of("c1", "c2"));

        var taken = take(5);
        var rest = take(99);

        assertThat(taken).containsExactly("a1", "b1", "c1", "a2", "c2");
        assertThat(rest).containsExactly("a3", "a4");
        assertThat(room.isEmpty()).isTrue();
    }

    @Test
    void oneTenantDoesNotFillTheRoom() {
        assertThat(room.enter("a", many(6))).isTrue();

        assertThat(room.enter("a", many(1))).isFalse();
        assertThat(room.enter("b", many(4))).isTrue();
        assertThat(room.enter("c", many(1))).isFalse();
    }

    @Test
    void aGroupEntersWholeOrNotAtAll() {
        room.enter("a", many(5));

        assertThat(room.enter("a", many(2))).isFalse();

        assertThat(take(99)).hasSize(5);
    }

    @Test
    void placesAreFreeAgainWhenSomebodyIsTaken() {
        room.enter("a", many(6));
        take(2);

        assertThat(room.enter("a", many(2))).isTrue();
        assertThat(room.enter("a", many(1))).isFalse();
    }

    @Test
    void nobodyEntersAsAGroupOfNone() {
        assertThat(room.enter("a", List.of())).isTrue();

        assertThat(room.isEmpty()).isTrue();
        assertThat(take(1)).isEmpty();
    }

    @Test
    void somebodyWhoIsHereEndsTheWaitOnlyWhereSomebodyIsWaitedFor() throws Exception {
        room.enter("a", many(1));

        room.await(true, 60_000);
        long start = System.nanoTime();
        room.await(false, 20);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        assertThat(room.isEmpty()).isFalse();
    }

    @Test
    void whoComesEndsTheWait() throws Exception {
        var waiting = new CountDownLatch(1);
        var waiter =
                Thread.ofVirtual()
                        .start(() -> {
                            waiting.countDown();
                            try {
                                room.await(true, 60_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        waiting.await();

        room.enter("a", many(1));

        assertThat(waiter.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aWakeThatComesBeforeTheWaitEndsIt() throws Exception {
        room.wake();

        room.await(true, 60_000);

        assertThat(room.isEmpty()).isTrue();
    }

    private static List<String> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "x" + i).toList();
    }

    private List<String> take(int most) {
        var taken = new ArrayList<String>();
        room.take(most, taken);
        return taken;
    }
}
