package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashTest {

    private static final String HEX = Merkle.EMPTY_ROOT.hex();

    @Test
    void isTheSameInEverySpelling() {
        var hash = Merkle.EMPTY_ROOT;

        var copies =
                List.of(
                        Hash.ofHex(hash.hex()),
                        Hash.ofBase64(hash.base64()),
                        Hash.of(hash.bytes()));

        assertThat(copies).allMatch(hash::equals).allMatch(it -> it.hashCode() == hash.hashCode());
        assertThat(hash.toString()).isEqualTo(HEX);
        assertThat(hash.base64()).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @Test
    void cannotBeChangedThroughItsBytes() {
        var bytes = Merkle.EMPTY_ROOT.bytes();
        var hash = Hash.of(bytes);

        bytes[0]++;
        hash.bytes()[1]++;

        assertThat(hash).isEqualTo(Merkle.EMPTY_ROOT).isNotEqualTo(Hash.of(bytes));
        assertThat(hash.hex()).isEqualTo(HEX);
    }

    @Test
    void refusesWhatIsNot32Bytes() {
        assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Hash.ofHex(HEX + "00")).hasMessageContaining("33");
        assertThatThrownBy(() -> Hash.ofHex("xy")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Hash.ofBase64("AAAA")).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesASecondSpellingInBase64() {
        var padded = Merkle.EMPTY_ROOT.base64();

        // The last character holds two bits that no byte uses, and Java's decoder needs no padding.
        for (var other :
                List.of(padded.replace("U=", "V="), padded.replace("=", ""), " " + padded)) {
            assertThatThrownBy(() -> Hash.ofBase64(other)).isInstanceOf(MalformedException.class);
        }
    }
}
