package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTextTest {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void saysForWhichClassOfOrganisationsItIs() {
        assertThat(KeyText.draw(false)).matches("wm_live_[0-9A-Za-z]{49}");
        assertThat(KeyText.draw(true)).matches("wm_test_[0-9A-Za-z]{49}");
    }

    @Test
    void anyOneCharacterThatIsWrongIsFoundWithoutTheDatabase() {
        var key = KeyText.draw(false);

        assertThat(KeyText.isWhole(key)).isTrue();
        for (int place = "wm_live_".length(); place < key.length(); place++) {
            int digit = DIGITS.indexOf(key.charAt(place));
            var mistyped =
                    key.substring(0, place)
                            + DIGITS.charAt((digit + 1) % DIGITS.length())
                            + key.substring(place + 1);
            assertThat(KeyText.isWhole(mistyped)).as(mistyped).isFalse();
        }
    }

    @Test
    void twoCharactersInTheWrongOrderAndALostOneAreFoundToo() {
        var key = KeyText.draw(false);
        int place = 20;
        while (key.charAt(place) == key.charAt(place + 1)) {
            place++;
        }
        var swapped =
                key.substring(0, place)
                        + key.charAt(place + 1)
                        + key.charAt(place)
                        + key.substring(place + 2);

        assertThat(KeyText.isWhole(swapped)).isFalse();
        assertThat(KeyText.isWhole(key.substring(0, key.length() - 1))).isFalse();
        assertThat(KeyText.isWhole(key + "0")).isFalse();
    }

    @Test
    void aLiveKeyIsNoTestKeyEvenIfItIsRenamed() {
        var renamed = KeyText.draw(false).replace("wm_live_", "wm_test_");

        assertThat(KeyText.isWhole(renamed)).isFalse();
    }

    @Test
    void itsHintIsTooShortToBeOfUse() {
        var key = KeyText.draw(false);

        assertThat(KeyText.hint(key)).hasSize(13).startsWith("wm_live_").endsWith("…");
        assertThat(KeyText.hash(key)).hasSize(32);
    }
}
