package org.wattmark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.Trust;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;
import picocli.CommandLine;

/// What `wattmark verify` says of real certificates, of forged ones, and of nonsense.
class VerifyTest {

    private static final String ORIGIN = "log.example.com/wattmark";
    private static final int SEQUENCE = 5;

    private static final RetirementStatement HONEST = statement(2_000_000, "A bakery");

    @TempDir private Path folder;

    private Path certificate = Path.of("");
    private Path trust = Path.of("");

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    VerifyTest() {}

    @BeforeEach
    void givenACertificateAndItsPinnedLog() throws Exception {
        certificate = certified(HONEST, "honest", ORIGIN);
        trust = folder.resolve("honest.trust");
    }

    private static RetirementStatement statement(long grams, String beneficiary) {
        return new RetirementStatement(
                new UUID(1, 1),
                new UUID(2, 2),
                new SerialRange(1, grams),
                UnitClass.LIVE,
                Year.of(2026),
                new UUID(3, 3),
                "GBR",
                SolarDisplacement.ID,
                new ClaimId(new UUID(4, 4)),
                new VerifiedBy.Verifier(new UUID(5, 5)),
                AssuranceTier.T2,
                AccountId.holder(new UUID(6, 6)),
                Instant.parse("2026-11-22T10:00:00Z"),
                beneficiary,
                "Its ovens");
    }

    /// A statement's certificate from a new log of its own under a new key.
    private Path certified(RetirementStatement statement, String name, String origin)
            throws Malformed, IOException {
        var keyFile = folder.resolve(name);
        var key = KeyFile.create(keyFile, origin);
        Files.writeString(folder.resolve(name + ".trust"), Trust.pinning(key));
        var salt = Bytes.of(new byte[32]);
        var entry = new Entry(SEQUENCE, 1, statement.at(), statement, salt);
        var leaf = Bytes.of(entry.leaf());
        try (var signer = Signer.open(keyFile)) {
            var leaves = leaves(leaf);
            var log = Log.open(new MemoryTiles(), new MemoryCheckpoints(), signer, _ -> List.of());
            log.append(0, leaves);
            var proof = log.proof(SEQUENCE).orElseThrow();
            var made =
                    new Certificate(
                            leaf, statement.beneficiary(), statement.purpose(), salt, proof);
            return Files.write(folder.resolve(name + ".json"), CertificateFile.write(made));
        }
    }

    private static List<Hash> leaves(Bytes leaf) {
        return Stream.iterate(0, i -> i < 9, i -> i + 1)
                .map(i ->
                        Merkle.leafHash(
                                i == SEQUENCE ? leaf.toByteArray() : new byte[] {i.byteValue()}))
                .toList();
    }

    /// What the command answered.
    private record Answer(int code, String out, String err) {}

    private static Answer wattmark(Object... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var outBefore = System.out;
        var errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code =
                    Wattmark.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Answer(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    @Test
    void whatThePinnedLogHoldsIsAuthentic() {
        var answer = wattmark("verify", certificate, "--trust", trust);

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("AUTHENTIC", "A bakery retired 2.000000 t CO2e", "witnessed by 0")
                .contains("status since then: unknown offline")
                .doesNotContain("NOT AUTHENTIC");
    }

    @Test
    void withoutATrustFileNothingIsBelievedAndTheFingerprintIsShown() throws Exception {
        var answer = wattmark("verify", certificate);

        var pinned = Trust.parse(Files.readString(trust)).logs().getFirst();
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out())
                .contains("UNTRUSTED KEY", pinned.fingerprint(), "wattmark keys trust");
    }

    @Test
    void aForgeryUnderAFreshKeyOfTheSameNameIsRefused() throws Exception {
        var forged = certified(statement(9_000_000_000L, "A forger"), "fresh", ORIGIN);

        var answer = wattmark("verify", forged, "--trust", trust);

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out()).contains("UNTRUSTED KEY").doesNotContain("AUTHENTIC\n");
        assertThat(wattmark("verify", forged, "--trust", folder.resolve("fresh.trust")).code())
                .as("it is flawless to whoever trusts the forger")
                .isZero();
    }

    @Test
    void aForgeryUnderAFreshKeyOfAnotherNameIsRefused() throws Exception {
        var forged = certified(HONEST, "other", "log.example.org/wattmark");

        var answer = wattmark("verify", forged, "--trust", trust);

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out()).contains("UNTRUSTED KEY: log.example.org/wattmark");
    }

    /// One bit of each byte, another for each. It runs the one command: the whole command line
    /// would be made anew for each of some four thousand files.
    @Test
    void aChangedByteAnywhereInTheFileIsFound() throws Exception {
        var real = Bytes.of(Files.readAllBytes(certificate));
        var changed = folder.resolve("changed.json");

        for (int i = 0; i < real.length(); i++) {
            var bytes = real.toByteArray();
            bytes[i] ^= (byte) (1 << (i % 7));
            Files.write(changed, bytes);
            assertThat(verify(changed)).as("byte %d of %d", i, real.length()).isIn(1, 3);
        }
    }

    private int verify(Path file) {
        return new CommandLine(new Verify())
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(file.toString(), "--trust", trust.toString());
    }

    @Test
    void aCutOrPaddedFileIsFound() throws Exception {
        var real = Files.readString(certificate);
        var changed = folder.resolve("changed.json");

        for (var text :
                List.of(real.substring(0, real.length() / 2), real + " ", "\n" + real, "")) {
            Files.writeString(changed, text);
            assertThat(wattmark("verify", changed, "--trust", trust).code()).isEqualTo(1);
        }
    }

    @Test
    void wordsThatNothingAuthenticatesAreNotLetIn() throws Exception {
        var real = Files.readString(certificate);
        var header = "\"c2sp.org/tlog-proof@v1\", ";
        assertThat(real).contains(header);
        var changed = folder.resolve("extra.json");

        Files.writeString(changed, real.replace(header, header + "\"extra QUJD\", "));

        assertThat(verify(changed)).isNotZero();
    }

    @Test
    void aMisspeltTrustFileIsToldWithItsLine() throws Exception {
        var misspelt = folder.resolve("misspelt.txt");
        Files.writeString(misspelt, "# whom we trust\nlgo nonsense\n");

        var answer = wattmark("verify", certificate, "--trust", misspelt);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("line 2").hasLineCount(1);
    }

    @Test
    void aFileThatIsNotThereIsToldInOneLine() {
        var answer = wattmark("verify", folder.resolve("nowhere.json"), "--trust", trust);
        var trustless = wattmark("verify", certificate, "--trust", folder.resolve("nowhere.txt"));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("cannot read", "nowhere.json").hasLineCount(1);
        assertThat(trustless.code()).isEqualTo(1);
        assertThat(trustless.err()).contains("cannot read", "nowhere.txt").hasLineCount(1);
    }
}
