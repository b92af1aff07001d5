package org.wattmark.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.wattmark.registry.ClaimGuard.Standing;
import org.wattmark.units.Canonical;
import tools.jackson.databind.node.ObjectNode;

/// Status lists: where a retirement stands in them, and which of them count.
class StatusListTest {

    private static final URI BASE = URI.create("https://registry.example");
    private static final String DID = "did:web:registry.example";
    private static final String LOG = "log.example.com/wattmark";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final IssuerKey KEY =
            IssuerKey.of("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq");
    private static final Map<String, String> TRUSTED = Map.of(KEY.multikey(), DID);

    private static ObjectNode signed(StatusList list, long number) {
        return DataIntegrity.sign(
                list.unsigned(BASE, number, LOG, NOW), KEY, DID + "#" + KEY.multikey(), NOW);
    }

    private static byte[] bytes(ObjectNode json) {
        return DataIntegrity.JSON.writeValueAsBytes(json);
    }

    @Test
    void saysOfEachHowItStands() throws Exception {
        var list = new StatusList();
        list.set(65_536, Standing.RECALLED);
        list.set(65_540, Standing.REVERSED);
        list.set(131_071, Standing.SUSPENDED);
        list.set(65_541, Standing.VALID);

        var given = StatusList.read(bytes(signed(list, 1)), TRUSTED);

        assertThat(given.made()).isEqualTo(NOW);
        assertThat(given.of(LOG, 65_536, BEFORE)).isEqualTo(Standing.RECALLED);
        assertThat(given.of(LOG, 65_540, BEFORE)).isEqualTo(Standing.RECALLED);
        assertThat(given.of(LOG, 131_071, BEFORE)).isEqualTo(Standing.SUSPENDED);
        assertThat(given.of(LOG, 65_541, BEFORE)).isEqualTo(Standing.VALID);
        assertThat(given.of(LOG, 65_537, BEFORE)).isEqualTo(Standing.VALID);
    }

    /// As a stranger's program reads it: base64url, gzip, the first bit is the leftmost.
    @Test
    void theBitsLieWhereTheRecommendationSays() throws Exception {
        var list = new StatusList();
        list.set(1, Standing.RECALLED);
        list.set(4, Standing.SUSPENDED);

        var subject = signed(list, 0).path("credentialSubject");

        var encoded = subject.path("encodedList").asString();
        assertThat(encoded).startsWith("u");
        var gzip = Base64.getUrlDecoder().decode(encoded.substring(1));
        var bits = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
        assertThat(bits).hasSize(16_384);
        assertThat(bits[0]).isEqualTo((byte) 0b0010_0000);
        assertThat(bits[1]).isEqualTo((byte) 0b0100_0000);
        assertThat(subject.path("statusPurpose").toString())
                .isEqualTo("[\"revocation\",\"suspension\"]");
    }

    @Test
    void aListThatIsNotAboutItSaysNothing() throws Exception {
        var given = StatusList.read(bytes(signed(new StatusList(), 0)), TRUSTED);

        assertThatThrownBy(() -> given.of("another.log", 5, BEFORE))
                .isInstanceOf(Canonical.Malformed.class)
                .hasMessageContaining("another log");
        assertThatThrownBy(() -> given.of(LOG, 65_536, BEFORE)).hasMessageContaining("list 1");
        assertThatThrownBy(() -> given.of(LOG, 5, NOW.plusSeconds(1)))
                .hasMessageContaining("before the retirement");
    }

    @Test
    void onlyATrustedIssuersOwnKeyCounts() {
        var list = bytes(signed(new StatusList(), 0));
        var other = Map.of(KEY.multikey(), "did:web:other.example");

        assertThatThrownBy(() -> StatusList.read(list, Map.of()))
                .isInstanceOf(StatusList.Untrusted.class)
                .hasMessageContaining(KEY.multikey());
        assertThatThrownBy(() -> StatusList.read(list, other))
                .isInstanceOf(StatusList.Untrusted.class);
    }

    @Test
    void aBitThatSomebodyTookAwayIsFound() {
        var revoked = new StatusList();
        revoked.set(7, Standing.RECALLED);
        var honest = signed(revoked, 0);
        var clean = signed(new StatusList(), 0).path("credentialSubject").path("encodedList");

        ((ObjectNode) honest.get("credentialSubject")).set("encodedList", clean);

        assertThatThrownBy(() -> StatusList.read(bytes(honest), TRUSTED))
                .isInstanceOf(Canonical.Malformed.class)
                .hasMessageContaining("signature is false");
    }
}
