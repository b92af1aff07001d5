package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// A certificate of a retirement in a real log, and what happens to it when somebody changes it.
class CertificateTest {

    private static final String ORIGIN = "wattmark.example/log";

    @TempDir private Path folder;

    private final Office office = Office.open();
    private RetirementStatement statement;
    private long sequence;

    @BeforeEach
    void retire() {
        var block = office.givenIssued(Given.claim(1, UnitClass.LIVE));
        var retired =
                (Retirement.Retired)
                        office.retire(Given.id(70), Given.HOLDER, block, Co2e.ofTonnes(2));
        statement = retired.statement();
        sequence = retired.receipt().sequence();
        var _ = office.retire(Given.id(71), Given.HOLDER, block, new Co2e(1));
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void aCertificateVerifiesWithoutUs() throws Exception {
        var trust = trustIn("key");

        var certificate = certificateOf("key");

        assertThat(certificate.statement()).isEqualTo(statement);
        assertThat(certificate.verify(trust)).isInstanceOf(Verdict.Logged.class);
    }

    @Test
    void theReceiptIsTheLeafThatTheCertificateProves() {
        var entry = office.journal.entries().get((int) sequence);

        assertThat(entry.receipt().leafHash()).isEqualTo(Merkle.leafHash(entry.leaf()).hex());
        assertThat(entry.fact()).isEqualTo(statement);
    }

    @Test
    void everyChangedByteOfTheLeafIsFound() {
        var trust = trustIn("key");
        var real = certificateOf("key");

        for (int i = 0; i < real.leaf().length(); i++) {
            var changed = flipped(real.leaf(), i);
            var forged =
                    new Certificate(
                            changed, real.beneficiary(), real.purpose(), real.salt(), real.proof());

            assertThat(forged.verify(trust)).isInstanceOf(Verdict.NotIncluded.class);
        }
        assertThat(holds(real, trust)).isTrue();
    }

    @Test
    void everyChangedByteOfTheSaltIsFound() {
        var trust = trustIn("key");
        var real = certificateOf("key");

        for (int i = 0; i < real.salt().length(); i++) {
            var forged =
                    new Certificate(
                            real.leaf(),
                            real.beneficiary(),
                            real.purpose(),
                            flipped(real.salt(), i),
                            real.proof());

            assertThat(holds(forged, trust)).as("byte %d", i).isFalse();
        }
    }

    @Test
    void anotherBeneficiaryOrPurposeIsFound() {
        var trust = trustIn("key");
        var real = certificateOf("key");

        for (var words :
                new String[][] {
                    {"Example Ltd.", "travel"},
                    {"Example Lte", "travel"},
                    {"Example Ltd", "Travel"},
                    {"Example Ltd", ""},
                    {"Example Ltdtravel", ""},
                    {"Example Lt", "dtravel"},
                    {"", "travel"}
                }) {
            var forged =
                    new Certificate(real.leaf(), words[0], words[1], real.salt(), real.proof());

            assertThat(holds(forged, trust)).as("%s for %s", words[0], words[1]).isFalse();
        }
    }

    @Test
    void everyChangedByteOfTheProofIsFound() {
        var trust = trustIn("key");
        var real = certificateOf("key");
        var proof = Bytes.of(real.proof().format().getBytes(StandardCharsets.UTF_8));

        for (int i = 0; i < proof.length(); i++) {
            assertThat(holdsWithProof(real, flipped(proof, i), trust)).as("byte %d", i).isFalse();
        }
        assertThat(holdsWithProof(real, proof, trust)).isTrue();
    }

    @Test
    void aProofOfAnotherRetirementIsFound() {
        var trust = trustIn("key");
        var log = logUnder("key");
        var entries = office.journal.entries();
        var real = certificateIn(log);

        for (int i = 0; i < entries.size(); i++) {
            var proof = log.proof(i).orElseThrow();
            var forged =
                    new Certificate(
                            real.leaf(), real.beneficiary(), real.purpose(), real.salt(), proof);

            assertThat(holds(forged, trust)).isEqualTo(i == sequence);
        }
    }

    @Test
    void aWholeForgeryUnderAFreshKeyIsOfAnUnknownLog() throws Exception {
        var trust = trustIn("key");
        var _ = trustIn("fresh");

        var forged = certificateOf("fresh");

        assertThat(forged.statement()).isEqualTo(statement);
        assertThat(forged.verify(trust)).isInstanceOf(Verdict.UnknownLog.class);
        assertThat(forged.verify(Trust.NOBODY)).isInstanceOf(Verdict.UnknownLog.class);
    }

    private Trust trustIn(String key) {
        return Trust.parse(Trust.pinning(KeyFile.create(folder.resolve(key), ORIGIN)));
    }

    private Certificate certificateOf(String key) {
        return certificateIn(logUnder(key));
    }

    private Certificate certificateIn(Log log) {
        var entry = office.journal.entries().get((int) sequence);
        return new Certificate(
                Bytes.of(entry.leaf()),
                statement.beneficiary(),
                statement.purpose(),
                entry.salt(),
                log.proof(sequence).orElseThrow());
    }

    private Log logUnder(String key) {
        var leaves =
                office.journal.entries().stream()
                        .map(entry -> Merkle.leafHash(entry.leaf()))
                        .toList();
        try (var signer = Signer.open(folder.resolve(key))) {
            return Log.open(
                    new MemoryTiles(),
                    new MemoryCheckpoints(),
                    signer,
                    index -> leaves.subList((int) index, leaves.size()));
        }
    }

    private static boolean holdsWithProof(Certificate real, Bytes proof, Trust trust) {
        try {
            var parsed = TlogProof.parse(proof.toByteArray());
            var certificate =
                    new Certificate(
                            real.leaf(), real.beneficiary(), real.purpose(), real.salt(), parsed);
            return holds(certificate, trust);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean holds(Certificate certificate, Trust trust) {
        try {
            var _ = certificate.statement();
            return certificate.verify(trust) instanceof Verdict.Logged;
        } catch (Canonical.Malformed e) {
            return false;
        }
    }

    private static Bytes flipped(Bytes bytes, int index) {
        var changed = bytes.toByteArray();
        changed[index] ^= 1;
        return Bytes.of(changed);
    }
}
