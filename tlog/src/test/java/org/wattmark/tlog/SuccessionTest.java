package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key succeeds another, and a log another: fault F17, and what follows a restore.
class SuccessionTest {

    private static final String ORIGIN = "log.example/1";
    private static final TiledTree TREE = new TiledTree(Trees.tiles(20), 20);

    @TempDir Path folder;
    private Path keyFile;
    private VerifierKey old;

    @BeforeEach
    void givenAKey() {
        keyFile = folder.resolve("log.key");
        old = KeyFile.create(keyFile, ORIGIN);
    }

    private TlogProof proofSignedAt(long size) {
        return TlogProof.of(TREE.inclusion(2, size), sign(Trees.tree(size)));
    }

    private SignedCheckpoint sign(Tree tree) {
        try (var signer = Signer.open(keyFile)) {
            return signer.sign(tree, since -> TREE.consistency(since, tree.size()));
        }
    }

    private static Verdict verdict(TlogProof proof, VerifierKey... trusted) {
        var logs = List.of(trusted).stream().map(it -> "log " + it + "\n").toList();
        var trust = Trust.parse(String.join("", logs) + "quorum none\n");
        return new OfflineVerifier(trust).verify(Trees.leaf(2), proof);
    }

    @Test
    void certificatesOfEachAgeVerifyByTheKeysOfTheirAge() {
        var before = proofSignedAt(5);
        var next = KeyFile.addSuccessor(keyFile);
        var meanwhile = proofSignedAt(9);
        KeyFile.retireOldest(keyFile);
        var after = proofSignedAt(14);

        for (var proof : List.of(before, meanwhile)) {
            assertThat(verdict(proof, old)).isInstanceOf(Verdict.Logged.class);
            assertThat(verdict(proof, old, next)).isInstanceOf(Verdict.Logged.class);
        }
        for (var proof : List.of(meanwhile, after)) {
            assertThat(verdict(proof, next)).isInstanceOf(Verdict.Logged.class);
            assertThat(verdict(proof, next, old)).isInstanceOf(Verdict.Logged.class);
        }
        assertThat(verdict(before, next)).isInstanceOf(Verdict.UnknownLog.class);
        assertThat(verdict(after, old)).isInstanceOf(Verdict.UnknownLog.class);
    }

    @Test
    void bothKeysSignWhileOneSucceedsTheOther() {
        var next = KeyFile.addSuccessor(keyFile);

        var signed = sign(Trees.tree(5));

        assertThat(KeyFile.verifierKeys(keyFile)).containsExactly(old, next);
        assertThat(next.name()).isEqualTo(ORIGIN);
        assertThat(signed.note().signatures())
                .satisfiesExactly(
                        it -> assertThat(old.verifies(signed.note().text(), it)).isTrue(),
                        it -> assertThat(next.verifies(signed.note().text(), it)).isTrue());
    }

    @Test
    void noKeyOfALogSignsASecondRootForASize() {
        sign(Trees.tree(7));
        var other = Trees.tree(6).append(Merkle.EMPTY_ROOT);

        KeyFile.addSuccessor(keyFile);
        assertThatThrownBy(() -> sign(other)).isInstanceOf(SigningRefusedException.class);
        assertThatThrownBy(() -> sign(Trees.tree(6))).isInstanceOf(SigningRefusedException.class);
        KeyFile.retireOldest(keyFile);
        assertThatThrownBy(() -> sign(other)).isInstanceOf(SigningRefusedException.class);
        assertThatThrownBy(() -> sign(Trees.tree(6))).isInstanceOf(SigningRefusedException.class);

        assertThat(KeyFile.lastSigned(keyFile).size()).isEqualTo(7);
    }

    @Test
    void aRetiredKeyIsRememberedAndItsSecretIsNot() throws IOException {
        var secret = Files.readString(keyFile).strip();
        KeyFile.addSuccessor(keyFile);
        assertThat(KeyFile.retired(keyFile)).isEmpty();

        var retired = KeyFile.retireOldest(keyFile);

        assertThat(retired).isEqualTo(old);
        assertThat(KeyFile.retired(keyFile)).containsExactly(old);
        assertThat(Files.readString(keyFile)).doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneSuccessorAtATimeAndNoneWhileASignerHoldsTheKey() {
        assertThatThrownBy(() -> KeyFile.retireOldest(keyFile))
                .isInstanceOf(SigningRefusedException.class);
        KeyFile.addSuccessor(keyFile);
        assertThatThrownBy(() -> KeyFile.addSuccessor(keyFile))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("retire " + old);
        try (var signer = Signer.open(keyFile)) {
            assertThat(signer.verifierKeys()).hasSize(2);
            assertThatThrownBy(() -> KeyFile.retireOldest(keyFile))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining("another signer uses the key");
        }
    }

    @Test
    void aFileWithKeysOfTwoLogsIsRefused() throws IOException {
        var foreign = SigningKey.generate("other.example", SignatureType.ED25519);
        var witness = SigningKey.generate(ORIGIN, SignatureType.COSIGNATURE);
        var own = Files.readString(keyFile);

        for (var content : List.of(own + foreign.format(), own + witness.format(), "\n")) {
            Files.writeString(keyFile, content);
            assertThatThrownBy(() -> Signer.open(keyFile)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aSuccessorLogHasItsOwnNameAndHasSignedNothing() throws IOException {
        var last = sign(Trees.tree(7)).checkpoint();

        var next = KeyFile.beginSuccessor(keyFile, "log.example/2");

        assertThat(KeyFile.verifierKeys(keyFile)).containsExactly(next);
        assertThat(KeyFile.retired(keyFile)).containsExactly(old);
        assertThat(KeyFile.lastSigned(keyFile))
                .isEqualTo(new Checkpoint("log.example/2", 0, Merkle.EMPTY_ROOT));
        assertThat(sign(Trees.tree(5)).checkpoint().origin()).isEqualTo("log.example/2");
        var archive = "log.key.signed." + old.fingerprint().split("\\+", 2)[1];
        assertThat(Files.readString(folder.resolve(archive))).isEqualTo(last.text());
    }

    @Test
    void noLogSucceedsItself() {
        sign(Trees.tree(7));

        assertThatThrownBy(() -> KeyFile.beginSuccessor(keyFile, ORIGIN))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("name of its own");
        assertThat(KeyFile.lastSigned(keyFile).size()).isEqualTo(7);
    }

    @Test
    void aCrashWhileALogSucceedsAnotherCanBeRepeated() {
        var last = sign(Trees.tree(7)).checkpoint();
        var next = KeyFile.beginSuccessor(keyFile, "log.example/2");
        KeyFile.writeState(keyFile, last); // as if the crash came before the new state
        assertThatThrownBy(() -> sign(Trees.tree(8))).isInstanceOf(SigningRefusedException.class);

        var again = KeyFile.beginSuccessor(keyFile, "log.example/2");

        assertThat(again).isEqualTo(next);
        assertThat(KeyFile.lastSigned(keyFile).origin()).isEqualTo("log.example/2");
    }

    @Test
    void aLogWhoseKeyIsLostHasASuccessorToo() throws IOException {
        sign(Trees.tree(7));
        Files.delete(keyFile);

        KeyFile.beginSuccessor(keyFile, "log.example/2");

        assertThat(sign(Trees.tree(5)).checkpoint().origin()).isEqualTo("log.example/2");
        assertThat(folder.resolve("log.key.signed.lost")).exists();
    }
}
