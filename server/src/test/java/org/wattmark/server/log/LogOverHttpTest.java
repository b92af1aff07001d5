package org.wattmark.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.tlog.VerifierKey;

/// The log as an outsider sees it: nothing but HTTP, no token, and no belief in the server.
class LogOverHttpTest extends ServerTest {

    /// The promise: what is committed is published within a second.
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private static final String FOR_EVER = "max-age=31536000, public, immutable";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired private Sequencer sequencer;

    @Autowired private Publisher publisher;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    LogOverHttpTest() {}

    @BeforeEach
    void commitMoreThanOneTile() {
        commitAccounts(150); // with the reserved account beside each and the seals, more than 256
        commitAccounts(150);
    }

    /// Returns the sequence of the last entry.
    private long commitAccounts(int count) {
        var accounts = new ArrayList<Account>();
        for (int i = 0; i < count; i++) {
            accounts.add(new Account(AccountId.holder(UUID.randomUUID()), Account.Kind.HOLDER));
        }
        sequencer.apply(OpenAccounts.of(accounts.toArray(Account[]::new)));
        return jdbc.sql("select max(sequence) from journal").query(Long.class).single();
    }

    private HttpResponse<byte[]> get(String path) {
        try {
            return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String text(String path) {
        var answer = send(request(path).GET());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private Optional<byte[]> tile(TilePath path) {
        var answer = get("/log/" + path.path());
        return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }

    private VerifierKey key() {
        return VerifierKey.parse(text("/log/key").strip());
    }

    private Checkpoint verifiedCheckpoint() {
        var signed = SignedCheckpoint.parse(text("/log/checkpoint"));
        var signature = signed.note().signatures().getFirst();
        assertThat(key().verifies(signed.note().text(), signature)).isTrue();
        assertThat(signed.checkpoint().origin()).isEqualTo(TestLogKeyConfiguration.ORIGIN);
        return signed.checkpoint();
    }

    /// Every leaf's bytes, from the bundles alone.
    private List<byte[]> entries(long size) {
        var entries = new ArrayList<byte[]>();
        while (entries.size() < size) {
            int width = (int) Math.min(TilePath.FULL, size - entries.size());
            var path = new TilePath(TilePath.ENTRIES, entries.size() / TilePath.FULL, width);
            entries.addAll(EntryBundle.decode(tile(path).orElseThrow()));
        }
        return entries;
    }

    @Test
    void whatIsCommittedIsPublishedWithinASecond() {
        var last = commitAccounts(1);

        assertThat(publisher.awaitCovering(last, PROMISED)).isTrue();

        assertThat(verifiedCheckpoint().size()).isGreaterThan(last);
    }

    @Test
    void anOutsiderVerifiesEveryLeafFromTheTilesAlone() {
        assertThat(publisher.awaitCovering(commitAccounts(1), PROMISED)).isTrue();

        var checkpoint = verifiedCheckpoint();
        var entries = entries(checkpoint.size());

        var tree = new TiledTree(this::tile, checkpoint.size());
        assertThat(tree.tree().root()).isEqualTo(checkpoint.root());
        for (int i = 0; i < entries.size(); i++) {
            var proof = tree.inclusion(i, checkpoint.size());
            var leaf = Merkle.leafHash(entries.get(i));
            assertThat(proof.verify(leaf, checkpoint.root())).as("leaf " + i).isTrue();
        }
    }

    @Test
    void everyPairOfCheckpointsIsConsistent() {
        for (int i = 0; i < 3; i++) {
            assertThat(publisher.awaitCovering(commitAccounts(1), PROMISED)).isTrue();
        }

        var published =
                jdbc
                        .sql("select note from checkpoint order by size")
                        .query((row, _) -> SignedCheckpoint.parse(row.getString("note")))
                        .list()
                        .stream()
                        .map(SignedCheckpoint::checkpoint)
                        .toList();

        assertThat(published).hasSizeGreaterThan(3);
        var tree = new TiledTree(this::tile, verifiedCheckpoint().size());
        for (var later : published) {
            for (var earlier : published.subList(0, published.indexOf(later))) {
                var proof = tree.consistency(earlier.size(), later.size());
                assertThat(proof.verify(earlier.root(), later.root())).isTrue();
                var forged = Merkle.leafHash(new byte[] {1});
                // Any tree extends the empty one.
                assertThat(proof.verify(earlier.root(), forged)).isEqualTo(earlier.size() == 0);
            }
        }
    }

    @Test
    void theProofOfAnEntryVerifiesOfflineAndStaysTheSame() {
        var last = commitAccounts(1);
        assertThat(publisher.awaitCovering(last, PROMISED)).isTrue();
        var path = "/api/v1/log/proofs/" + last;

        var proof = text(path);
        assertThat(publisher.awaitCovering(commitAccounts(1), PROMISED)).isTrue();

        assertThat(text(path)).isEqualTo(proof);
        var leaf = entries(last + 1).getLast();
        var verifier = new OfflineVerifier(Trust.parse(Trust.pinning(key())));
        assertThat(verifier.verify(leaf, TlogProof.parse(proof)))
                .isInstanceOf(Verdict.Logged.class);
        assertThat(verifier.verify(new byte[] {1}, TlogProof.parse(proof)))
                .isInstanceOf(Verdict.NotIncluded.class);
    }

    @Test
    void anEntryThatIsNotThereHasNoProof() {
        for (var sequence : List.of("-1", "999999999", "9223372036854775807")) {
            var answer = send(request("/api/v1/log/proofs/" + sequence).GET());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(bodyOf(answer).get("code").asString()).isEqualTo("entry_unknown");
        }
    }

    @Test
    void anEntryIsAskedForAgainUntilItIsCovered() {
        var last = commitAccounts(1);
        var answer = send(request("/api/v1/log/proofs/" + last).GET());

        // Either is right so soon after the commit, and in the end it is there.
        assertThat(answer.statusCode()).isIn(200, 202);
        if (answer.statusCode() == 202) {
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        }
        assertThat(publisher.awaitCovering(last, PROMISED)).isTrue();
        assertThat(text("/api/v1/log/proofs/" + last)).startsWith("c2sp.org/tlog-proof@v1\n");
    }

    @Test
    void fullTilesMayBeKeptForEverAndTheCheckpointNever() {
        assertThat(publisher.awaitCovering(commitAccounts(1), PROMISED)).isTrue();

        var full = get("/log/tile/0/000");
        var entries = get("/log/tile/entries/000");
        var partial = get("/log/tile/1/000.p/1");
        var checkpoint = get("/log/checkpoint");

        assertThat(full.headers().firstValue("Cache-Control")).hasValue(FOR_EVER);
        assertThat(full.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(full.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(full.body()).hasSize(TilePath.FULL * Hash.BYTES);
        assertThat(entries.headers().firstValue("Cache-Control")).hasValue(FOR_EVER);
        assertThat(partial.statusCode()).isEqualTo(200);
        assertThat(partial.headers().firstValue("Cache-Control")).hasValue("max-age=60, public");
        assertThat(checkpoint.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(checkpoint.headers().firstValue("Content-Type"))
                .hasValue("text/plain;charset=UTF-8");
    }

    @Test
    void aReaderWithAnOlderCheckpointFindsItsNarrowerTile() {
        assertThat(publisher.awaitCovering(commitAccounts(1), PROMISED)).isTrue();

        var narrow = get("/log/tile/0/000.p/7");

        assertThat(narrow.statusCode()).isEqualTo(200);
        assertThat(get("/log/tile/0/000").body()).startsWith(narrow.body());
        assertThat(EntryBundle.decode(get("/log/tile/entries/000.p/7").body())).hasSize(7);
    }

    @Test
    void whatIsNoTileOrNotPublishedIsNotFound() {
        var malformed =
                List.of(
                        "0/0",
                        "0/0000",
                        "00/000",
                        "64/000",
                        "0/000.p/0",
                        "0/000.p/256",
                        "0/000.p/007",
                        "0/x000/000",
                        "x/000",
                        "entries/000.p/1/",
                        "-1/000",
                        "0/..%2f..%2fkeys%2flog.key",
                        "",
                        "0/000.tmp",
                        "0/000.p");
        var unavailable =
                List.of(
                        "0/x900/000",
                        "0/x999/x999/x999/x999/x999/999",
                        "7/000",
                        "8/000.p/1",
                        "63/000.p/1",
                        "entries/x900/000");

        assertThat(malformed).allSatisfy(path -> thenNotFound(path, "tile_malformed"));
        assertThat(unavailable).allSatisfy(path -> thenNotFound(path, "tile_unavailable"));
    }

    private void thenNotFound(String tile, String code) {
        var answer = send(request("/log/tile/" + tile).GET());
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(tile)
                .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                .doesNotContain("public");
        if (!tile.contains("%2f")) { // which may be refused before it reaches us
            assertThat(answer.statusCode()).as(tile).isEqualTo(404);
            assertThat(bodyOf(answer).get("code").asString()).as(tile).isEqualTo(code);
        } else {
            assertThat(answer.statusCode()).isIn(400, 404);
        }
    }
}
