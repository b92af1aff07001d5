package org.wattmark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.registry.Hours;
import org.wattmark.server.registry.GranularFile;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.Trust;
import org.wattmark.units.Bytes;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;
import picocli.CommandLine;

/// What `wattmark verify` says of the proof that an hour was retired.
class VerifyHourTest {

    private static final Instant NOON = Instant.parse("2026-06-10T12:00:00Z");

    private static final GranularRetirement RETIRED =
            new GranularRetirement(
                    new UUID(1, 1),
                    new UUID(2, 2),
                    new SerialRange(1, 250),
                    UnitClass.LIVE,
                    new UUID(3, 3),
                    new UUID(4, 4),
                    new DeviceId(new UUID(5, 5)),
                    "GBR",
                    NOON,
                    AssuranceTier.T2,
                    GranularCertificate.Approval.OPERATOR,
                    AccountId.holder(new UUID(6, 6)),
                    Hours.at(NOON),
                    Instant.parse("2026-11-22T10:00:00Z"),
                    "A bakery",
                    "Its ovens");

    @TempDir private Path folder;

    private Path file = Path.of("");
    private Path trust = Path.of("");

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    VerifyHourTest() {}

    @BeforeEach
    void givenAProofAndItsPinnedLog() throws Exception {
        var keyFile = folder.resolve("key");
        var key = KeyFile.create(keyFile, "log.example.com/wattmark");
        trust = Files.writeString(folder.resolve("trust"), Trust.pinning(key));
        var salt = Bytes.of(new byte[32]);
        var leaf = Bytes.of(new Entry(0, 1, RETIRED.at(), RETIRED, salt).leaf());
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(new MemoryTiles(), new MemoryCheckpoints(), signer, _ -> List.of());
            log.append(0, List.of(Merkle.leafHash(leaf.toByteArray())));
            var proof =
                    new Certificate(
                            leaf, "A bakery", "Its ovens", salt, log.proof(0).orElseThrow());
            file = Files.write(folder.resolve("hour.json"), GranularFile.write(proof));
        }
    }

    private record Answer(int code, String out) {}

    private static Answer verify(Object... arguments) {
        var out = new StringWriter();
        var texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = new CommandLine(new Verify()).setOut(new PrintWriter(out)).execute(texts);
        return new Answer(code, out.toString());
    }

    @Test
    void whatThePinnedLogHoldsIsAuthentic() {
        var answer = verify(file, "--trust", trust);

        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out())
                .contains("AUTHENTIC", "A bakery: 250 Wh of solar power", "serials 1-250")
                .doesNotContain("TEST UNITS");
    }

    @Test
    void whoTrustsNobodyIsToldWhoseKeyItIs() {
        var answer = verify(file);

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out()).contains("UNTRUSTED KEY");
    }

    /// Another byte in every place where something else can stand.
    @Test
    void aChangedWordIsFound() throws Exception {
        var text = Files.readString(file);
        for (var change : List.of("250", "bakery", "GBR", "2026-06-10T12", "No one else")) {
            var forged = text.replaceFirst(change, change.substring(1) + "0");
            var other = folder.resolve("forged.json");
            Files.write(other, forged.getBytes(StandardCharsets.UTF_8));

            var answer = verify(other, "--trust", trust);

            assertThat(answer.code()).as(change).isEqualTo(1);
            assertThat(answer.out()).contains("NOT AUTHENTIC");
        }
    }
}
