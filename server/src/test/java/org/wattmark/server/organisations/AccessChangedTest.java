package org.wattmark.server.organisations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Canonical;

class AccessChangedTest {

    private static final AccessChanged CHANGE =
            new AccessChanged(
                    AccessChanged.Kind.ROLES_SET,
                    new UUID(0, 7),
                    "who-did-it",
                    "to-whom",
                    "TRADER");

    @Test
    void isReadBackFromItsBytes() throws Canonical.Malformed {
        assertThat(AccessChanged.of(CHANGE.content())).isEqualTo(CHANGE);
    }

    @Test
    void bytesThatAreCutOrOfAnUnknownKindAreRefused() {
        var cut = Arrays.copyOf(CHANGE.content(), CHANGE.content().length - 1);
        var unknown =
                Canonical.of(AccessChanged.DOMAIN)
                        .text("ANYTHING")
                        .id(new UUID(0, 7))
                        .text("a")
                        .text("b")
                        .text("c")
                        .toByteArray();

        assertThatThrownBy(() -> AccessChanged.of(cut)).isInstanceOf(Canonical.Malformed.class);
        assertThatThrownBy(() -> AccessChanged.of(unknown)).isInstanceOf(Canonical.Malformed.class);
    }

    @Test
    void theLogShowsWhatHappenedAndNotToWhom() {
        var published = new String(CHANGE.published(new byte[32]), StandardCharsets.ISO_8859_1);

        assertThat(published)
                .contains("ROLES_SET")
                .doesNotContain("who-did-it", "to-whom", "TRADER");
        assertThat(CHANGE.published(new byte[32])).isNotEqualTo(CHANGE.published(ones()));
    }

    private static byte[] ones() {
        var salt = new byte[32];
        Arrays.fill(salt, (byte) 1);
        return salt;
    }
}
