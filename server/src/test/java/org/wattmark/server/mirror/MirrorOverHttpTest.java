package org.wattmark.server.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.log.RemoteLog;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.tlog.VerifierKey;

/// A mirror of a real server, and what its readers get.
class MirrorOverHttpTest extends ServerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private Path folder = Path.of("");

    @Autowired private Sequencer sequencer;

    @Autowired private Publisher publisher;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    MirrorOverHttpTest() {}

    private void commit() {
        var accounts = new ArrayList<Account>();
        for (int i = 0; i < 150; i++) {
            accounts.add(new Account(AccountId.holder(UUID.randomUUID()), Account.Kind.HOLDER));
        }
        sequencer.apply(OpenAccounts.of(accounts.toArray(Account[]::new)));
        long last = jdbc.sql("select max(sequence) from journal").query(Long.class).single();
        assertThat(publisher.awaitCovering(last, Duration.ofSeconds(30))).isTrue();
    }

    private URI server() {
        return URI.create("http://localhost:" + port);
    }

    private static HttpResponse<byte[]> get(URI server, String path)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server + path)).GET().build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(URI server, String path) throws IOException, InterruptedException {
        return new String(get(server, path).body(), UTF_8);
    }

    private Follower follower(MirrorFolder mirror, URI of, Trust trust) {
        return new Follower(new RemoteLog(of), trust, mirror, _ -> {});
    }

    @Test
    void aMirrorServesWhatTheServerServesAndAMirrorOfItDoesToo() throws Exception {
        commit();
        var trust =
                Trust.parse(Trust.pinning(VerifierKey.parse(text(server(), "/log/key").strip())));
        try (var one = MirrorFolder.open(folder.resolve("one"));
                var two = MirrorFolder.open(folder.resolve("two"))) {
            assertThat(follower(one, server(), trust).once()).isInstanceOf(Round.Followed.class);
            commit();
            assertThat(follower(one, server(), trust).once()).isInstanceOf(Round.Followed.class);
            long size = one.served().orElseThrow().checkpoint().size();
            try (var http =
                    MirrorServer.start(
                            new MirroredLog(one), trust.logs(), new InetSocketAddress(0))) {
                for (var path : paths(size)) {
                    assertThat(get(http.url(), path).body())
                            .as(path)
                            .isEqualTo(get(server(), path).body());
                }
                requireProofs(http.url(), size, trust);
                assertThat(follower(two, http.url(), trust).once())
                        .isEqualTo(new Round.Followed(0, size));
                assertThat(two.served()).isEqualTo(one.served());
                for (var absent :
                        List.of(
                                "/log/tile/0/999",
                                "/log/tile/entries/../../trust.txt",
                                "/log/tile/0/000.p/0",
                                "/trust.txt",
                                "/api/v1/log/proofs/" + size,
                                "/api/v1/log/proofs?leaf_hash=00",
                                "/api/v1/holdings")) {
                    assertThat(get(http.url(), absent).statusCode()).as(absent).isEqualTo(404);
                }
                var posted =
                        HTTP.send(
                                HttpRequest.newBuilder(URI.create(http.url() + "/log/checkpoint"))
                                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
                assertThat(posted.statusCode()).isEqualTo(405);
            }
        }
    }

    private static List<String> paths(long size) {
        int rest = (int) (size % TilePath.FULL);
        var paths = new ArrayList<String>(List.of("/log/checkpoint", "/log/key"));
        for (int level : List.of(0, TilePath.ENTRIES)) {
            paths.add("/log/" + new TilePath(level, 0, TilePath.FULL).path());
            paths.add("/log/" + new TilePath(level, 0, 77).path());
            if (rest > 0) {
                paths.add("/log/" + new TilePath(level, size / TilePath.FULL, rest).path());
            }
        }
        paths.add("/log/" + new TilePath(1, 0, (int) (size / TilePath.FULL)).path());
        return paths;
    }

    private static void requireProofs(URI mirror, long size, Trust trust) throws Exception {
        var verifier = new OfflineVerifier(trust);
        for (long index : new long[] {0, 1, 255, 256, size - 1}) {
            long tile = index / TilePath.FULL;
            int width = (int) Math.min(TilePath.FULL, size - tile * TilePath.FULL);
            var bundle = get(mirror, "/log/" + new TilePath(TilePath.ENTRIES, tile, width).path());
            var leaf = EntryBundle.decode(bundle.body()).get((int) (index % TilePath.FULL));
            for (var path :
                    List.of(
                            "/api/v1/log/proofs/" + index,
                            "/api/v1/log/proofs?leaf_hash=" + Merkle.leafHash(leaf).hex())) {
                var proof = TlogProof.parse(text(mirror, path));
                assertThat(proof.index()).isEqualTo(index);
                assertThat(verifier.verify(leaf, proof)).isInstanceOf(Verdict.Logged.class);
            }
        }
    }
}
