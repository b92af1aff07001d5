package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Posting.Posted;

/// Who has how much of an asset, and what waits to be posted.
class HoldingsTest {

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger;
    private final AtomicLong lastId = new AtomicLong(500);

    @Test
    void countWhatHoldersHaveFree() {
        books.issue(ALICE, 1_000);
        books.issue(BOB, 5);
        thenPosted(ledger.post(books.transfer(ALICE, RETIRED, 100)));
        thenPosted(ledger.post(books.transfer(BOB, ALICE, 5)));
        thenPosted(ledger.post(books.transfer(ISSUANCE, BOB, EUR, 7)));
        thenPosted(ledger.reserve(id(1), ALICE, BLOCK, 600));

        assertThat(ledger.holdings(BLOCK)).containsExactly(entry(ALICE, 305L));
        assertThat(ledger.holdings(EUR)).containsExactly(entry(BOB, 7L));
    }

    @Test
    void areInTheOrderOfTheirAccounts() {
        books.issue(BOB, 2);
        books.issue(ALICE, 1);

        assertThat(ledger.holdings(BLOCK)).containsExactly(entry(ALICE, 1L), entry(BOB, 2L));
    }

    @Test
    void onlyWhatWaitsToBePostedAndIsMeantGoesBack() {
        books.issue(ALICE, 1_000);
        thenPosted(ledger.reserve(id(1), ALICE, BLOCK, 100));
        thenPosted(ledger.post(pending(2, 30)));
        thenPosted(ledger.post(pending(3, 50)));

        ledger.releasePending(hold -> hold.remaining() == 30, this::given);

        assertThat(ledger.hold(id(1))).isPresent();
        assertThat(ledger.hold(id(2))).isEmpty();
        assertThat(ledger.hold(id(3))).isPresent();
        assertThat(ledger.balance(ALICE, BLOCK)).isEqualTo(850);
        assertThat(lastId).hasValue(501);
    }

    private UUID given() {
        return Transfer.derivedId(id(lastId.incrementAndGet()), 0);
    }

    private static PostTransfer pending(long id, long amount) {
        return PostTransfer.pending(new Transfer(id(id), ALICE, BOB, BLOCK, amount), 0);
    }

    private static void thenPosted(Posting posting) {
        assertThat(posting).isInstanceOf(Posted.class);
    }
}
