package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOBODY;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.PostTransfer.Balancing;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.ledger.TransferPosted.Role;
import org.wattmark.testing.Seeded;

/// What holds for every ledger, whatever its clients and its operator ask of it.
///
/// Each seed is one small world: accounts of every kind and one that is not open, four assets, 150
/// wishes, among them freezes and closures, and a clock that moves. Few of each on purpose.
class RulesPropertiesTest {

    private static final AccountId OTHER_SOURCE = AccountId.system("other-issuance");
    private static final AccountId CLEARING = AccountId.system("clearing");
    private static final AccountId PLAYER = AccountId.testHolder(id(0xA));
    private static final List<Account> ACCOUNTS =
            List.of(
                    new Account(ISSUANCE, Kind.SOURCE),
                    new Account(OTHER_SOURCE, Kind.SOURCE),
                    new Account(RETIRED, Kind.SINK),
                    new Account(CLEARING, Kind.CLEARING),
                    new Account(ALICE, Kind.HOLDER),
                    new Account(BOB, Kind.HOLDER),
                    new Account(PLAYER, Kind.HOLDER));
    private static final List<AccountId> IDS =
            List.of(ISSUANCE, OTHER_SOURCE, RETIRED, CLEARING, ALICE, BOB, PLAYER, NOBODY);
    private static final List<Asset> ASSETS =
            List.of(BLOCK, EUR, Asset.credits(id(0xD)), Asset.testCredits(id(0xC)));
    private static final int WISHES = 150;

    @Seeded
    void decidesAsTheNaiveLedgerDoes(RandomGenerator random) {
        var world = new World(random);

        for (int n = 0; n < WISHES; n++) {
            world.wish(n);
        }

        world.thenBothHaveTheSame();
    }

    @Seeded
    void nothingIsMadeOrLostAndEachKindKeepsItsSide(RandomGenerator random) {
        var world = new World(random);

        for (int n = 0; n < WISHES; n++) {
            world.wish(n);
        }

        world.thenConserved();
    }

    @Seeded
    void whatIsFrozenOrClosedStandsStill(RandomGenerator random) {
        var world = new World(random);

        for (int n = 0; n < WISHES; n++) {
            world.wish(n);
        }

        thenOnlyReleasesTouchWhatIsFrozen(world.books.staging.entries());
    }

    @Seeded
    void theFactsAddUpToTheState(RandomGenerator random) {
        var world = new World(random);
        for (int n = 0; n < WISHES; n++) {
            world.wish(n);
        }

        var replayed = Books.replayed(world.books.staging.entries());

        assertThat(replayed.staging.contents()).isEqualTo(world.books.staging.contents());
    }

    @Seeded
    void whatIsRolledBackLeavesNoTraceAndNoExpiry(RandomGenerator random) {
        var world = new World(random);
        for (int n = 0; n < WISHES; n++) {
            world.wish(n);
        }
        var twin = Books.replayed(world.books.staging.entries());
        var state = world.books.snapshot();
        var mark = world.books.staging.mark();

        for (int n = WISHES; n < 2 * WISHES; n++) {
            world.wish(n);
        }
        world.books.staging.rollBackTo(mark);

        assertThat(world.books.snapshot()).isEqualTo(state);
        thenBothReleaseTheSame(world.books, twin);
    }

    private static void thenBothReleaseTheSame(Books books, Books twin) {
        var muchLater = Books.NOON.plusSeconds(100_000);
        var all = new ReleaseExpired(id(7), ReleaseExpired.MAX_RELEASES);
        twin.staging.begin(1, muchLater);
        var expected = twin.ledger.release(all);
        books.staging.begin(1, muchLater);

        assertThat(books.ledger.release(all)).hasToString(expected.toString());
        assertThat(books.snapshot()).isEqualTo(twin.snapshot());
    }

    private static void thenOnlyReleasesTouchWhatIsFrozen(List<Entry> entries) {
        var still = new HashMap<AccountId, Standing>();
        var frozen = new HashSet<Asset>();
        for (var entry : entries) {
            switch (entry.fact()) {
                case AccountStandingSet(var account, var standing) -> {
                    assertThat(still.get(account)).isNotEqualTo(Standing.CLOSED);
                    still.put(account, standing);
                    still.put(account.reserved(), standing);
                }
                case AssetFreezeSet(var asset, var isFrozen) -> {
                    var _ = isFrozen ? frozen.add(asset) : frozen.remove(asset);
                }
                case TransferPosted posted -> {
                    var transfer = posted.transfer();
                    for (var account : List.of(transfer.debit(), transfer.credit())) {
                        var standing = still.getOrDefault(account, Standing.OPEN);
                        assertThat(standing).isNotEqualTo(Standing.CLOSED);
                        assertThat(standing == Standing.FROZEN && posted.role() != Role.RELEASES)
                                .as("%s moves", posted)
                                .isFalse();
                    }
                    assertThat(frozen.contains(transfer.asset()) && posted.role() != Role.RELEASES)
                            .as("%s moves", posted)
                            .isFalse();
                }
                default -> {}
            }
        }
    }

    /// The ledger, the naive one beside it, and who asks both.
    private static final class World {

        final Books books = Books.empty();
        private final NaiveLedger naive = new NaiveLedger(ACCOUNTS);
        private final RandomGenerator random;
        private final List<UUID> pending = new ArrayList<>(List.of(id(0)));

        World(RandomGenerator random) {
            this.random = random;
            books.staging.begin(1, naive.now);
            ACCOUNTS.forEach(books.ledger::open);
        }

        void wish(int n) {
            switch (random.nextInt(12)) {
                case 0 -> changeStanding(n);
                case 1 -> changeFreeze(n);
                case 2 -> {
                    naive.now = naive.now.plusSeconds(random.nextInt(40));
                    books.staging.begin(1, naive.now);
                }
                case 3 -> releaseExpired(n);
                case 4, 5 -> postLinked(n);
                default -> {
                    var leg = anyLeg().withId(id(n));
                    pending.add(leg.id());
                    thenBothAnswer(leg, books.ledger.post(leg), naive.post(List.of(leg)));
                }
            }
        }

        private void postLinked(int n) {
            var legs = new ArrayList<Leg>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                legs.add(anyLeg());
            }
            var group = new PostLinked(id(n), legs);
            pending.add(Transfer.derivedId(id(n), 0));
            var entries = books.staging.entries().size();

            var posting = books.ledger.post(group);

            thenBothAnswer(group, posting, naive.post(group.legs()));
            if (posting instanceof Rejected) {
                assertThat(books.staging.entries()).hasSize(entries);
            }
        }

        private static void thenBothAnswer(
                Object wish, Posting posting, Optional<Rejected> rejection) {
            var rejected = posting instanceof Rejected it ? Optional.of(it) : Optional.empty();
            assertThat(rejected).as("%s", wish).isEqualTo(rejection);
        }

        private void changeStanding(int n) {
            var account = any(IDS);
            var standing =
                    random.nextInt(20) == 0
                            ? Standing.CLOSED
                            : any(List.of(Standing.OPEN, Standing.FROZEN));
            var before = naive.standings.getOrDefault(account, Standing.OPEN);
            boolean allowed =
                    naive.kinds.containsKey(account)
                            && before != Standing.CLOSED
                            && before != standing
                            && (standing != Standing.CLOSED || naive.isEmpty(account));

            var change = books.ledger.set(new SetStanding(id(n), account, standing));

            assertThat(change instanceof StandingChange.Changed).isEqualTo(allowed);
            if (allowed) {
                naive.standings.put(account, standing);
            }
        }

        private void changeFreeze(int n) {
            var asset = any(ASSETS);
            boolean freeze = random.nextInt(3) == 0;

            var change = books.ledger.set(new SetFreeze(id(n), asset, freeze));

            if (change instanceof StandingChange.Changed) {
                assertThat(freeze ? naive.frozen.add(asset) : naive.frozen.remove(asset)).isTrue();
            }
        }

        private void releaseExpired(int n) {
            var all = new ReleaseExpired(id(n), ReleaseExpired.MAX_RELEASES);

            var expiry = books.ledger.release(all);

            long expected = naive.releaseExpired();
            assertThat(((Expiry.Released) expiry).receipts().size()).isEqualTo(expected);
        }

        private Leg anyLeg() {
            return switch (random.nextInt(4)) {
                case 0 -> new PostPending(id(0), any(pending), random.nextInt(60));
                case 1 -> new VoidPending(id(0), any(pending));
                default -> anyTransfer();
            };
        }

        private PostTransfer anyTransfer() {
            var debit = random.nextInt(3) == 0 ? ISSUANCE : any(IDS);
            var credit = any(IDS);
            while (credit.equals(debit)) {
                credit = any(IDS);
            }
            long amount =
                    random.nextInt(30) == 0
                            ? Long.MAX_VALUE - random.nextInt(3)
                            : 1 + random.nextInt(100);
            var transfer = new Transfer(id(0), debit, credit, any(ASSETS), amount);
            var balancing =
                    random.nextBoolean() ? Balancing.NONE : any(List.of(Balancing.values()));
            boolean waits = random.nextInt(3) == 0;
            int timeout = waits && random.nextBoolean() ? 1 + random.nextInt(60) : 0;
            return new PostTransfer(transfer, balancing, waits, timeout);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        void thenBothHaveTheSame() {
            for (var account : IDS) {
                for (var asset : ASSETS) {
                    assertThat(books.ledger.balance(account, asset))
                            .isEqualTo(naive.free(account, asset).longValueExact());
                    assertThat(books.ledger.reserved(account, asset))
                            .isEqualTo(naive.reserved(account, asset).longValueExact());
                }
            }
            assertThat(books.snapshot().get("hold")).isEqualTo(naive.holds());
        }

        void thenConserved() {
            var sums = new HashMap<Asset, BigInteger>();
            var kinds = new HashMap<AccountId, Kind>();
            ACCOUNTS.forEach(each -> kinds.put(each.id(), each.kind()));
            Map<?, ?> balances = books.snapshot().getOrDefault("balance", Map.of());
            balances.forEach((row, amount) -> {
                var key = (BalanceKey) row;
                long balance = (Long) amount;
                sums.merge(key.asset(), BigInteger.valueOf(balance), BigInteger::add);
                switch (kinds.getOrDefault(key.account(), Kind.HOLDER)) {
                    case HOLDER, SINK -> assertThat(balance).isNotNegative();
                    case SOURCE -> assertThat(balance).isNotPositive();
                    case CLEARING -> {}
                }
            });
            assertThat(sums.values()).allMatch(sum -> sum.signum() == 0);
        }
    }
}
