package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryBundleTest {

    @Test
    void putsABigEndianLengthBeforeEachEntry() {
        var entries = List.of(new byte[] {1, 2, 3}, new byte[0], new byte[300]);

        var bundle = EntryBundle.encode(entries);

        assertThat(HexFormat.of().formatHex(bundle))
                .startsWith("00030102030000012c0000")
                .hasSize(2 * 309);
        assertThat(EntryBundle.decode(bundle)).containsExactlyElementsOf(entries);
    }

    @Test
    void hasUpTo256EntriesOfUpTo4096Bytes() {
        var largest = Collections.nCopies(256, new byte[4096]);

        assertThat(EntryBundle.decode(EntryBundle.encode(largest))).hasSize(256);
        for (var wrong :
                List.of(
                        List.<byte[]>of(),
                        Collections.nCopies(257, new byte[1]),
                        List.of(new byte[4097]))) {
            assertThatThrownBy(() -> EntryBundle.encode(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesBundlesThatNobodyEncodes() {
        var bundle = EntryBundle.encode(List.of(new byte[] {1, 2, 3}));

        IntStream.range(0, bundle.length)
                .mapToObj(length -> Arrays.copyOf(bundle, length))
                .forEach(EntryBundleTest::isRefused);
        isRefused(new byte[] {0x10, 0x01, 0});
        isRefused(Arrays.copyOf(new byte[] {0x10, 0x01}, 2 + 4097));
        isRefused(new byte[2 * 257]);
    }

    private static void isRefused(byte[] bundle) {
        assertThatThrownBy(() -> EntryBundle.decode(bundle)).isInstanceOf(MalformedException.class);
    }
}
