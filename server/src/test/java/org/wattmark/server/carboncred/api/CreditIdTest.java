package org.wattmark.server.carboncred.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.AccountId;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Canonical;

class CreditIdTest {

    @Seeded
    void everyHandleIsReadBackAsItWasMade(RandomGenerator random) {
        var listing = new UUID(random.nextLong(), random.nextLong());
        var block = new UUID(random.nextLong(), random.nextLong());
        long number = random.nextLong(CreditId.MOST_LISTINGS);
        long kilogram = random.nextLong(CreditId.MOST_KILOGRAMS);

        var made = CreditId.of(number, listing, block, kilogram);
        var read = CreditId.of(made.toUuid());

        assertThat(read).contains(made);
        assertThat(made.toUuid().version()).isEqualTo(8);
        assertThat(made.toUuid().variant()).isEqualTo(2);
        assertThat(made.belongsTo(listing, block)).isTrue();
        assertThat(made.belongsTo(listing, listing)).isFalse();
        assertThat(made.belongsTo(block, block)).isFalse();
    }

    @Test
    void theEncodingIsTheOneThatIsWrittenDown() {
        var listing = UUID.fromString("01900000-0000-7000-8000-000000000001");
        var block = UUID.fromString("01900000-0000-7000-8000-000000000002");

        var id = CreditId.of(7, listing, block, 3).toString();

        assertThat(id).startsWith("00000000-0007-8").endsWith("0000000003");
    }

    @Test
    void otherUuidsAreNoHandles() {
        assertThat(CreditId.of(UUID.randomUUID())).isEmpty();
        assertThat(CreditId.of(new UUID(0, 0))).isEmpty();
        assertThat(CreditId.of(new UUID(-1, -1))).isEmpty();
    }

    @Test
    void theFactIsReadBackAndBrokenBytesAreNot() throws Canonical.Malformed {
        var used =
                new HandleUsed(
                        HandleUsed.Use.RETIRED,
                        UUID.randomUUID(),
                        12,
                        UUID.randomUUID(),
                        AccountId.holder(UUID.randomUUID()),
                        UUID.randomUUID());

        assertThat(HandleUsed.of(used.content())).isEqualTo(used);
        for (int length = 0; length < used.content().length; length++) {
            var cut = java.util.Arrays.copyOf(used.content(), length);
            assertThatThrownBy(() -> HandleUsed.of(cut)).isInstanceOf(Canonical.Malformed.class);
        }
        var longer = java.util.Arrays.copyOf(used.content(), used.content().length + 1);
        assertThatThrownBy(() -> HandleUsed.of(longer)).isInstanceOf(Canonical.Malformed.class);
    }
}
