package org.wattmark.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.SignatureType;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.tlog.WitnessFolder;
import org.wattmark.tlog.WitnessRequest;

/// Each answer of C2SP `tlog-witness`, as HTTP has it.
class WitnessServerTest {

    @TempDir private Path folder = Path.of("");

    private final MemoryTiles tiles = new MemoryTiles();
    private WitnessFolder witness;
    private WitnessServer server;

    @SuppressWarnings("NullAway.Init") // set before each test
    WitnessServerTest() {}

    @BeforeEach
    void startAWitness() throws IOException {
        var log = LogKey.make(folder, "log.example");
        WitnessFolder.create(folder, "w.example", SignatureType.ML_DSA_44_COSIGNATURE);
        witness = WitnessFolder.open(folder);
        server =
                WitnessServer.start(
                        witness.witness(List.of(log), InstantSource.system()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
        witness.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(
                HttpRequest.newBuilder(server.url().resolve("/add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder get(URI url) {
        return HttpRequest.newBuilder(url).GET();
    }

    /// Signs a log of so many leaves.
    private SignedCheckpoint signed(Path keyFile, int size) {
        try (var signer = Signer.open(keyFile)) {
            var log =
                    Log.open(
                            tiles,
                            new MemoryCheckpoints(),
                            signer,
                            from ->
                                    LongStream.range(from, size)
                                            .mapToObj(i -> Merkle.leafHash(new byte[] {(byte) i}))
                                            .toList());
            return log.latest();
        }
    }

    private String request(long old, SignedCheckpoint checkpoint) {
        var tree = new TiledTree(tiles, checkpoint.checkpoint().size());
        return WitnessRequest.of(tree.consistency(old, checkpoint.checkpoint().size()), checkpoint)
                .format();
    }

    @Test
    void answersAsTlogWitnessSays() throws Exception {
        var key = LogKey.fileIn(folder);
        var at3 = signed(key, 3);
        var at5 = signed(key, 5);

        var cosigned = post(request(0, at3));
        assertThat(cosigned.statusCode()).isEqualTo(200);
        var note = SignedCheckpoint.parse(at3.format() + cosigned.body()).note();
        assertThat(witness.verifierKey().verifies(note.text(), note.signatures().getLast()))
                .isTrue();

        var conflict = post(request(0, at5));
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body()).isEqualTo("3\n");
        assertThat(conflict.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");

        var unproven = post(new WitnessRequest(3, List.of(), at5).format());
        assertThat(unproven.statusCode()).isEqualTo(422);
        assertThat(post(request(3, at5)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesStrangersAndNonsense() throws Exception {
        var foreign = folder.resolve("foreign.key");
        KeyFile.create(foreign, "other.example");
        var impostor = folder.resolve("impostor.key");
        KeyFile.create(impostor, "log.example");

        assertThat(post(request(0, signed(foreign, 3))).statusCode()).isEqualTo(404);
        assertThat(post(request(0, signed(impostor, 3))).statusCode()).isEqualTo(403);
        assertThat(post("old 0\n").statusCode()).isEqualTo(400);
        assertThat(post("old 0\n" + "A".repeat(300_000)).statusCode()).isEqualTo(413);
        assertThat(send(get(server.url().resolve("/add-checkpoint"))).statusCode()).isEqualTo(405);
        assertThat(send(get(server.url())).statusCode()).isEqualTo(404);
    }

    @Test
    void showsItsKey() throws Exception {
        var answer = send(get(server.url().resolve("/key")));

        assertThat(VerifierKey.parse(answer.body().strip())).isEqualTo(witness.verifierKey());
    }
}
