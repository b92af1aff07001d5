package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.postgres.ServerTest;
import picocli.CommandLine;

/// `wattmark audit --url` on a server that runs.
class UrlAuditOverHttpTest extends ServerTest {

    @Autowired private Sequencer sequencer;

    @Autowired private Publisher publisher;

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // Spring and JUnit set the fields before each test
    UrlAuditOverHttpTest() {}

    private record Answer(int code, String out) {}

    private static Answer audit(String... arguments) {
        var out = new StringWriter();
        var writer = new PrintWriter(out);
        var command = new CommandLine(new AuditCommand()).setOut(writer).setErr(writer);
        return new Answer(command.execute(arguments), out.toString());
    }

    private String url() {
        return "http://localhost:" + port;
    }

    @BeforeEach
    void publishSomething() {
        var account = new Account(AccountId.holder(UUID.randomUUID()), Account.Kind.HOLDER);
        sequencer.apply(OpenAccounts.of(account));
        long length = jdbc.sql("select next_sequence from leader").query(Long.class).single();
        assertThat(publisher.awaitCovering(length - 1, Duration.ofSeconds(30))).isTrue();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private String get(String path) {
        return send(request(path).GET()).body();
    }

    @Test
    void theLogOfARunningServerIsClean() throws IOException {
        var trust = file("trust.txt", "log " + get("/log/key").strip() + "\nquorum none\n");
        var since = file("since.txt", get("/log/checkpoint"));
        publishSomething();

        var pinned =
                audit("--url", url(), "--trust", trust.toString(), "--since", since.toString());
        var unpinned = audit("--url", url());

        assertThat(pinned.code()).as(pinned.out()).isZero();
        assertThat(pinned.out()).contains("OK: everything agrees").contains("signed; witnessed by");
        assertThat(unpinned.code()).as(unpinned.out()).isZero();
        assertThat(unpinned.out()).contains("UNTRUSTED KEY");
    }

    @Test
    void whatCannotBeAuditedIsNoDiscrepancy() throws IOException {
        var stranger = file("stranger.txt", "log log.example/1+2aaa1f5c+AUFB\nquorum none\n");
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }

        var malformed = audit("--url", url(), "--trust", stranger.toString());
        var unreachable = audit("--url", "http://localhost:" + nobody);
        var misspelt = audit("--trust", stranger.toString());

        assertThat(malformed.code()).as(malformed.out()).isEqualTo(3);
        assertThat(unreachable.code()).as(unreachable.out()).isEqualTo(3);
        assertThat(misspelt.code()).as(misspelt.out()).isEqualTo(2);
    }

    @Test
    void aCheckpointThatTheLogNeverSignedIsFound() throws IOException {
        var trust = file("trust.txt", "log " + get("/log/key").strip() + "\nquorum none\n");
        var note = get("/log/checkpoint");
        var lines = note.split("\n", -1);
        var forged = note.replace("\n" + lines[1] + "\n", "\n1" + lines[1] + "\n");
        var since = file("since.txt", forged);

        var answer =
                audit("--url", url(), "--trust", trust.toString(), "--since", since.toString());

        assertThat(answer.code()).as(answer.out()).isEqualTo(1);
        assertThat(answer.out()).contains("not signed by a key of the log");
    }
}
