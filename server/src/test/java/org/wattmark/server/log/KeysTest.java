package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.SignatureType;
import org.wattmark.tlog.SigningKey;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.VerifierKey;
import picocli.CommandLine;

class KeysTest {

    @TempDir private Path folder = Path.of("");

    /// What the command printed, or what it failed with.
    private record Ran(int code, String said) {}

    private static Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                new CommandLine(new Keys())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .setExecutionExceptionHandler((failure, _, _) -> {
                            if (!(failure instanceof CommandFailed)) {
                                throw failure;
                            }
                            err.write(failure.getMessage());
                            return 1;
                        })
                        .execute(arguments);
        return new Ran(code, out + err.toString());
    }

    private Ran makeKey(String origin) {
        return run("new", "--origin", origin, "--data", folder.toString());
    }

    @Test
    void makesAKeyThatOnlyItsOwnerReadsAndShowsItsPublicHalf() throws IOException {
        var made = makeKey("log.example.com/wattmark");
        var shown = run("show", "--data", folder.toString());

        assertThat(made.code()).isZero();
        var key = LogKey.require(folder.resolve("keys"));
        assertThat(key.name()).isEqualTo("log.example.com/wattmark");
        assertThat(made.said()).contains(key.toString()).contains(key.fingerprint());
        assertThat(shown.said()).contains(key.toString()).contains(key.fingerprint());
        assertThat(made.said() + shown.said()).doesNotContain("PRIVATE+KEY");
        assertThat(Files.getPosixFilePermissions(folder.resolve("keys/log.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aKeyIsNeverReplaced() throws IOException {
        makeKey("log.example");
        var before = Files.readString(folder.resolve("keys/log.key"));

        var again = makeKey("log.example");

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.said()).contains("there is a key already");
        assertThat(Files.readString(folder.resolve("keys/log.key"))).isEqualTo(before);
    }

    @Test
    void anOriginThatNoNoteCanBearIsRefused() {
        var made = makeKey("two words");

        assertThat(made.code()).isEqualTo(1);
        assertThat(folder.resolve("keys/log.key")).doesNotExist();
    }

    @Test
    void aKeySucceedsAnotherInTwoSteps() {
        makeKey("log.example");
        var keys = folder.resolve("keys");
        var old = LogKey.require(keys);

        var rotated = run("rotate", "--data", folder.toString());
        var meanwhile = LogKey.requireAll(keys);
        var retired = run("retire", "--data", folder.toString());

        var next = LogKey.require(keys);
        assertThat(rotated.code()).isZero();
        assertThat(rotated.said()).contains("both keys sign").contains(next.toString());
        assertThat(meanwhile).containsExactly(old, next);
        assertThat(retired.code()).isZero();
        assertThat(retired.said()).contains(old.fingerprint()).contains(next.toString());
        assertThat(LogKey.requireAll(keys)).containsExactly(next);
        assertThat(LogKey.everyKey(LogKey.fileIn(keys))).containsExactly(old, next);
        assertThat(run("retire", "--data", folder.toString()).said())
                .contains("the log has one key only");
        assertThat(rotated.said() + retired.said()).doesNotContain("PRIVATE+KEY");
    }

    @Test
    void aSuccessorIsPinnedBesideItsPredecessorWhenItIsAskedFor() throws IOException {
        var old = anyKey("log.example");
        var next = anyKey("log.example");
        var file = folder.resolve("keys.txt");
        Files.writeString(file, "# mine\n" + Trust.pinning(old).strip());
        try (var log = new Elsewhere(old + "\n" + next + "\n")) {
            var asked = run("trust", log.url(), "--out", file.toString());
            assertThat(asked.said()).contains("--successor").contains(next.toString());
            assertThat(Trust.parse(Files.readString(file)).logs()).containsExactly(old);

            var added = run("trust", log.url(), "--out", file.toString(), "--successor");
            var again = run("trust", log.url(), "--out", file.toString());

            assertThat(added.said()).contains("added to");
            assertThat(again.said()).contains("already").doesNotContain("--successor");
            assertThat(Trust.parse(Files.readString(file)).logs()).containsExactly(old, next);
            assertThat(Files.readString(file)).startsWith("# mine\n");
        }
    }

    @Test
    void aServerWithoutAKeySaysWhichCommandMakesOne() {
        var settings = new ServerSettings(folder, URI.create("http://localhost:8080"));

        assertThatThrownBy(() -> LogKey.require(settings))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("wattmark keys new --origin NAME");

        var made = LogKey.requireOrMake(settings, "demo.example");
        assertThat(LogKey.require(settings)).isEqualTo(made);
        assertThat(LogKey.requireOrMake(settings, "demo.example")).isEqualTo(made);
    }

    @Test
    void pinsTheKeyOfALogOnce() throws IOException {
        var key = anyKey("log.example");
        try (var log = new Elsewhere(key + "\n")) {
            var file = folder.resolve("keys.txt");

            var first = run("trust", log.url(), "--out", file.toString());
            var second = run("trust", log.url(), "--out", file.toString());

            assertThat(first.code()).isZero();
            assertThat(first.said()).contains(key.toString()).contains(key.fingerprint());
            assertThat(second.code()).isZero();
            assertThat(second.said()).contains("already");
            assertThat(Trust.parse(Files.readString(file)).logs()).containsExactly(key);
        }
    }

    @Test
    void aFileThatPinsAnotherKeyStaysAsItIs() throws IOException {
        var file = folder.resolve("keys.txt");
        var pinned = Trust.pinning(anyKey("log.example"));
        Files.writeString(file, pinned);
        var other = anyKey("log.example");
        try (var log = new Elsewhere(other + "\n")) {
            var ran = run("trust", log.url(), "--out", file.toString());

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.said()).contains("pins log.example+").contains(other.toString());
            assertThat(Files.readString(file)).isEqualTo(pinned);
        }
    }

    @Test
    void whatIsNoTrustFileIsNotOverwritten() throws IOException {
        var file = folder.resolve("letter.txt");
        Files.writeString(file, "dear log\n");
        try (var log = new Elsewhere(anyKey("log.example").toString())) {
            var ran = run("trust", log.url(), "--out", file.toString());

            assertThat(ran.said()).contains("is not a trust file");
            assertThat(Files.readString(file)).isEqualTo("dear log\n");
        }
    }

    @Test
    void onlyTheKeyOfALogIsPinned() throws IOException {
        var witness = SigningKey.generate("w.example", SignatureType.COSIGNATURE).verifierKey();
        var file = folder.resolve("keys.txt");
        for (var answer : new String[] {"<html>", "", witness.toString(), "x".repeat(5_000)}) {
            try (var log = new Elsewhere(answer)) {
                var ran = run("trust", log.url(), "--out", file.toString());

                assertThat(ran.code()).isEqualTo(1);
                assertThat(ran.said()).contains("is not the key of a log");
            }
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        String gone;
        try (var log = new Elsewhere("")) {
            gone = log.url();
        }

        assertThat(run("trust", gone).said()).contains("cannot reach " + gone + "/log/key");
        assertThat(run("trust", "ftp://example.com").said()).contains("not the URL of a server");
    }

    private static VerifierKey anyKey(String name) {
        return SigningKey.generate(name, SignatureType.ED25519).verifierKey();
    }

    /// A server of somebody else, which answers `/log/key`.
    private static final class Elsewhere implements AutoCloseable {

        private final HttpServer server;

        Elsewhere(String key) throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/log/key",
                    exchange -> {
                        var body = key.getBytes(UTF_8);
                        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
        }

        String url() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
