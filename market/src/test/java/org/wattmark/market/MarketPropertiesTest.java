package org.wattmark.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.market.World.id;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.units.Share;
import org.wattmark.verification.UnitClass;

/// What holds for every market, whatever is asked of it and in whatever order.
///
/// Each seed is one small world: three holders, a block, and a hundred and twenty listings,
/// purchases, withdrawals and deposits, many of them impossible and some of them sent again.
class MarketPropertiesTest {

    private static final List<AccountId> HOLDERS = List.of(World.SELLER, World.BUYER, World.OTHER);
    private static final AccountId FEES = SystemAccounts.fees(UnitClass.LIVE).id();
    private static final AccountId BANK = SystemAccounts.bank(World.EUR, UnitClass.LIVE).id();

    @Seeded(worlds = 50)
    void nothingIsMadeOrLostAndNoTradeIsHalf(RandomGenerator random) {
        try (var world = new World(new MarketRules(new Share(random.nextInt(0, 1_001))))) {
            var block = world.givenIssued(UnitClass.LIVE);
            HOLDERS.forEach(holder -> world.givenMoney(holder, 10_000));

            var crowd = new Crowd(world, block, random);
            for (int i = 0; i < 120; i++) {
                crowd.asks();
            }

            var contents = world.contents();
            thenNothingIsMadeOrLost(world, block);
            thenHoldsAreWhatIsListed(world, block, contents);
            thenNoTradeIsHalf(world.journal.entries());
            assertThat(trades(world)).isNotEmpty();
            assertThat(rows(world)).isEqualTo(trades(world));
            assertThat(world.replayed()).isEqualTo(contents);
        }
    }

    @Test
    void aTradeWithoutItsDeliveryOrItsPaymentWouldBeSeen() {
        try (var world = World.open()) {
            var listing = world.givenListed(world.givenIssued(UnitClass.LIVE), new Co2e(1_000_000));
            world.givenMoney(World.BUYER, 10_000);
            world.buy(World.BUYER, listing, new Co2e(500_000));
            var entries = world.journal.entries();
            int traded = 0;
            while (!(entries.get(traded).fact() instanceof CreditsTraded)) {
                traded++;
            }

            thenNoTradeIsHalf(entries);
            for (int i = traded - 3; i < traded; i++) {
                var without = new ArrayList<>(entries);
                without.remove(i);
                assertThatThrownBy(() -> thenNoTradeIsHalf(without))
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    /// Clients that do not know what they do.
    private static final class Crowd {

        private final World world;
        private final CreditBlock block;
        private final RandomGenerator random;
        private final List<UUID> known = new ArrayList<>();
        private final Map<Command<?>, Object> told = new LinkedHashMap<>();

        Crowd(World world, CreditBlock block, RandomGenerator random) {
            this.world = world;
            this.block = block;
            this.random = random;
        }

        /// One in six asks what was asked before, and hears the same.
        void asks() {
            var asked = List.copyOf(told.keySet());
            var command =
                    asked.isEmpty() || random.nextInt(6) > 0
                            ? anyCommand()
                            : asked.get(random.nextInt(asked.size()));
            var answer = world.apply(command);
            var before = told.putIfAbsent(command, answer);
            if (before != null) {
                assertThat(answer).isEqualTo(before);
            }
        }

        /// Few ids on purpose, so that some come again under another content.
        private Command<?> anyCommand() {
            var id = id(random.nextLong(100_000, 100_400));
            var other = known.isEmpty() ? id : known.get(random.nextInt(known.size()));
            var holder = HOLDERS.get(random.nextInt(HOLDERS.size()));
            var quantity = new Co2e(random.nextLong(1, 1_200_000));
            var money = new Money(random.nextLong(1, 4_000), World.EUR);
            return switch (random.nextInt(8)) {
                case 0, 1 -> {
                    known.add(id);
                    var seller = random.nextInt(3) > 0 ? World.SELLER : holder;
                    yield new ListCredits(id, seller, block.id(), quantity, new Price(money));
                }
                case 2 -> new WithdrawListing(id, holder, other);
                case 3 -> {
                    known.add(id);
                    yield new RequestDeposit(id, World.CLERK, holder, money, "R" + money);
                }
                case 4 -> new ApproveDeposit(id, World.SECOND_CLERK, other);
                default -> {
                    var part = new Co2e(random.nextLong(1, 200_000));
                    yield new BuyCredits(id, holder, other, part);
                }
            };
        }
    }

    private static void thenNothingIsMadeOrLost(World world, CreditBlock block) {
        long credits =
                HOLDERS.stream()
                        .map(holder ->
                                world.held(holder, block).plus(world.reserved(holder, block)))
                        .mapToLong(Co2e::grams)
                        .sum();
        long money = HOLDERS.stream().mapToLong(world::money).sum() + world.money(FEES);

        assertThat(credits).isEqualTo(block.credited().grams());
        assertThat(money).isEqualTo(-world.money(BANK));
        assertThat(HOLDERS).allMatch(holder -> world.money(holder) >= 0);
    }

    private static void thenHoldsAreWhatIsListed(
            World world, CreditBlock block, Map<String, Map<?, ?>> contents) {
        var listings = contents.getOrDefault("listing", Map.of()).values();
        var sold = new HashMap<UUID, Long>();
        trades(world).forEach(it -> sold.merge(it.listing(), it.quantity().grams(), Long::sum));
        long open = 0;
        for (var row : listings) {
            var listing = (Listing) row;
            assertThat(sold.getOrDefault(listing.id(), 0L))
                    .isEqualTo(listing.sold().grams())
                    .isLessThanOrEqualTo(listing.quantity().grams());
            var hold = world.machines.ledger.hold(listing.id());
            if (listing.state() == Listing.State.OPEN) {
                assertThat(hold.orElseThrow().remaining()).isEqualTo(listing.left().grams());
                open += listing.left().grams();
            } else {
                assertThat(hold).isEmpty();
            }
        }
        long reserved = HOLDERS.stream().mapToLong(it -> world.reserved(it, block).grams()).sum();
        assertThat(reserved).isEqualTo(open);
    }

    /// Every trade's transfers stand before it in its batch: delivery, proceeds and fee.
    private static void thenNoTradeIsHalf(List<Entry> entries) {
        var transfers = new ArrayList<TransferPosted>();
        for (var entry : entries) {
            if (entry.fact() instanceof TransferPosted posted) {
                transfers.add(posted);
            } else if (entry.fact() instanceof CreditsTraded(var trade)) {
                assertThat(trade.price()).isEqualTo(trade.fee().plus(trade.proceeds()));
                assertThat(moved(transfers, trade.seller(), trade.buyer(), trade.listing()))
                        .isEqualTo(trade.quantity().grams());
                assertThat(paid(transfers, trade.buyer(), trade.seller()))
                        .isEqualTo(trade.proceeds().minorUnits());
                assertThat(paid(transfers, trade.buyer(), FEES))
                        .isEqualTo(trade.fee().minorUnits());
                assertThat(transfers).hasSizeLessThanOrEqualTo(3);
                transfers.clear();
            } else {
                transfers.clear();
            }
        }
    }

    private static long moved(
            List<TransferPosted> transfers, AccountId from, AccountId to, UUID hold) {
        return transfers.stream()
                .filter(it -> it.role() == TransferPosted.Role.CAPTURES)
                .filter(it -> it.hold().equals(hold))
                .map(TransferPosted::transfer)
                .filter(it -> it.debit().value().equals(from + "/reserved"))
                .filter(it -> it.credit().equals(to))
                .mapToLong(it -> it.amount())
                .sum();
    }

    private static long paid(List<TransferPosted> transfers, AccountId from, AccountId to) {
        return transfers.stream()
                .map(TransferPosted::transfer)
                .filter(it -> it.asset().isMoney())
                .filter(it -> it.debit().equals(from) && it.credit().equals(to))
                .mapToLong(it -> it.amount())
                .sum();
    }

    private static List<Trade> trades(World world) {
        return world.journal.entries().stream()
                .map(entry -> entry.fact() instanceof CreditsTraded(var trade) ? trade : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Trade> rows(World world) {
        return world.journal.rows().stream()
                .map(row -> row instanceof Trade trade ? trade : null)
                .filter(Objects::nonNull)
                .toList();
    }
}
