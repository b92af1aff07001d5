package org.wattmark.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.wattmark.market.World.BUYER;
import static org.wattmark.market.World.CLERK;
import static org.wattmark.market.World.EUR;
import static org.wattmark.market.World.id;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// The facts of a history in which each kind of fact occurs.
class FactsTest {

    private static final byte[] SALT = new byte[32];
    private static final byte[] OTHER_SALT = Canonical.sha256(SALT);

    /// In hexadecimal, as they would stand in a leaf.
    private static final List<String> SECRETS =
            List.of(
                    hex(1_240), // the price, and what the buyer paid
                    hex(12), // the fee
                    hex(1_228), // the proceeds
                    hex(987_654),
                    Bytes.of("INVOICE".getBytes(UTF_8)).hex(),
                    CLERK.toString().replace("-", ""),
                    World.SECOND_CLERK.toString().replace("-", ""));

    @Test
    void everyFactIsReadBackFromItsBytes() {
        try (var world = givenAFullHistory()) {
            for (var entry : world.journal.entries()) {
                assertThat(World.readBack(entry.fact().content())).isEqualTo(entry.fact());
            }

            assertThat(kinds(world))
                    .containsKeys(
                            CreditsListed.class,
                            ListingWithdrawn.class,
                            CreditsTraded.class,
                            DepositRequested.class,
                            DepositDecided.class);
        }
    }

    @Test
    void aReplayOfTheJournalGivesTheSameState() {
        try (var world = givenAFullHistory()) {
            var contents = world.contents();

            var replayed = world.replayed();

            assertThat(replayed).isEqualTo(contents);
            assertThat(contents.get("listing")).hasSize(2);
            assertThat(contents.get("deposit")).hasSize(2);
            assertThat(contents.get("deposit_reference")).hasSize(1);
        }
    }

    @Test
    void factsThatAreCutOrHaveMoreAreMalformed() {
        try (var world = givenAFullHistory()) {
            for (var fact : kinds(world).values()) {
                var content = fact.content();
                for (int length = 0; length < content.length; length++) {
                    var cut = Arrays.copyOf(content, length);
                    assertThatExceptionOfType(Canonical.Malformed.class)
                            .as("%s cut to %d", fact, length)
                            .isThrownBy(() -> World.parse(cut));
                }
                var longer = Arrays.copyOf(content, content.length + 1);
                assertThatExceptionOfType(Canonical.Malformed.class)
                        .isThrownBy(() -> World.parse(longer));
            }
        }
    }

    @Test
    void aChangedByteIsAnotherFactOrNone() {
        try (var world = givenAFullHistory()) {
            for (var fact : kinds(world).values()) {
                var content = fact.content();
                for (int i = 0; i < content.length; i++) {
                    var changed = content.clone();
                    changed[i] ^= 1;
                    try {
                        assertThat(World.parse(changed)).isNotEqualTo(fact);
                    } catch (Canonical.Malformed e) {
                        assertThat(e.getMessage()).isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void theLogShowsNoAmountOfMoneyNoReferenceAndNoPerson() {
        try (var world = givenAFullHistory()) {
            for (var entry : world.journal.entries()) {
                var shown = Bytes.of(entry.fact().published(entry.salt().toByteArray())).hex();

                assertThat(shown).as(entry.fact().toString()).doesNotContain(SECRETS);
            }
            var contents = new StringBuilder();
            world.journal
                    .entries()
                    .forEach(entry -> contents.append(Bytes.of(entry.fact().content()).hex()));
            assertThat(contents.toString()).contains(SECRETS); // they would have been found
        }
    }

    @Test
    void whatIsCommittedToDependsOnTheSaltAndTheAmount() {
        try (var world = givenAFullHistory()) {
            for (var kind : kinds(world).values()) {
                var same = Bytes.of(kind.published(SALT));

                assertThat(Bytes.of(kind.published(SALT))).isEqualTo(same);
                if (kind.isSalted()) {
                    assertThat(Bytes.of(kind.published(OTHER_SALT))).isNotEqualTo(same);
                }
            }
        }
    }

    private static String hex(long cents) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(cents).array()).hex();
    }

    private static World givenAFullHistory() {
        var world = World.open();
        var block = world.givenIssued(UnitClass.LIVE);
        world.givenMoney(BUYER, 987_654);
        world.apply(new RequestDeposit(id(70), CLERK, BUYER, new Money(987_654, EUR), "INVOICE"));
        world.apply(new RejectDeposit(id(71), World.SECOND_CLERK, id(70)));
        var listing = world.givenListed(block, Co2e.ofTonnes(1));
        world.buy(BUYER, listing, Co2e.ofTonnes(1));
        world.withdraw(world.givenListed(block, Co2e.ofTonnes(1)));
        return world;
    }

    private static Map<Class<?>, Fact> kinds(World world) {
        var kinds = new LinkedHashMap<Class<?>, Fact>();
        world.journal.entries().forEach(entry -> kinds.put(entry.fact().getClass(), entry.fact()));
        return kinds;
    }
}
