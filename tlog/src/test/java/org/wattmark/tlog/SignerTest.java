package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerTest {

    private static final String ORIGIN = "log.example/1";
    private static final TiledTree TREE = new TiledTree(Trees.tiles(20), 20);

    @TempDir Path folder;
    private Path keyFile;
    private VerifierKey key;

    @BeforeEach
    void givenAKey() {
        keyFile = folder.resolve("log.key");
        key = KeyFile.create(keyFile, ORIGIN);
    }

    private SignedCheckpoint sign(Tree tree) {
        try (var signer = Signer.open(keyFile)) {
            return signer.sign(tree, provenTo(tree.size()));
        }
    }

    private static LongFunction<ConsistencyProof> provenTo(long size) {
        return since -> TREE.consistency(since, size);
    }

    @Test
    void signsTreesThatGrow() {
        try (var signer = Signer.open(keyFile)) {
            for (long size : List.of(0L, 1L, 2L, 7L, 8L, 20L)) {
                var tree = Trees.tree(size);

                var signed = signer.sign(tree, provenTo(size));

                assertThat(signed.checkpoint())
                        .isEqualTo(new Checkpoint(ORIGIN, size, tree.root()));
                assertThat(signed.note().signatures())
                        .singleElement()
                        .matches(it -> key.verifies(signed.note().text(), it));
                assertThat(signer.last()).isEqualTo(signed.checkpoint());
            }
            assertThat(signer.verifierKeys()).containsExactly(key);
        }
    }

    @Test
    void signsTheSameTreeAsOftenAsItIsAsked() {
        var first = sign(Trees.tree(7));

        assertThat(sign(Trees.tree(7))).isEqualTo(first);
    }

    @Test
    void refusesAShorterLogEvenAfterARestart() {
        sign(Trees.tree(7));

        assertThatThrownBy(() -> sign(Trees.tree(6)))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("6 leaves, but 7");
        assertThat(KeyFile.lastSigned(keyFile).size()).isEqualTo(7);
    }

    @Test
    void refusesAnotherRootForTheSameSize() {
        sign(Trees.tree(7));
        var other = Trees.tree(6).append(Merkle.EMPTY_ROOT);

        assertThatThrownBy(() -> sign(other))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("contradicts what was signed at 7");
        assertThat(KeyFile.lastSigned(keyFile).root()).isEqualTo(Trees.tree(7).root());
    }

    @Test
    void refusesALongerLogThatChangedALeaf() {
        sign(Trees.tree(7));
        var forged = Trees.tree(6).append(Merkle.EMPTY_ROOT).append(Trees.leaves(7, 9));

        assertThatThrownBy(() -> sign(forged)).isInstanceOf(SigningRefusedException.class);
    }

    @Test
    void refusesAProofBetweenOtherSizes() {
        sign(Trees.tree(7));
        var anything = Tree.EMPTY.append(Trees.leaves(100, 109));
        try (var signer = Signer.open(keyFile)) {
            for (var proof :
                    List.of(
                            new ConsistencyProof(0, 9, List.of()),
                            TREE.consistency(7, 8),
                            TREE.consistency(6, 9))) {
                assertThatThrownBy(() -> signer.sign(anything, _ -> proof))
                        .isInstanceOf(SigningRefusedException.class);
                assertThatThrownBy(() -> signer.sign(Trees.tree(9), _ -> proof))
                        .isInstanceOf(SigningRefusedException.class);
            }
        }
    }

    /// The process dies after the state is written and before anybody sees the signature.
    @Test
    void aCrashBetweenStateAndSignatureIsHarmless() {
        sign(Trees.tree(7));
        KeyFile.writeState(keyFile, new Checkpoint(ORIGIN, 8, Trees.tree(8).root()));

        assertThat(sign(Trees.tree(8)).checkpoint().size()).isEqualTo(8);
        assertThat(sign(Trees.tree(20)).checkpoint().size()).isEqualTo(20);
    }

    /// The process dies in the middle of writing the state.
    @Test
    void aTornStateIsNeverRead() throws IOException {
        sign(Trees.tree(7));
        Files.writeString(folder.resolve("log.key.signed.tmp"), ORIGIN + "\n8\nAAA");

        try (var signer = Signer.open(keyFile)) {
            assertThat(signer.last().size()).isEqualTo(7);
        }
        assertThat(sign(Trees.tree(8)).checkpoint().size()).isEqualTo(8);
        assertThat(folder.resolve("log.key.signed.tmp")).doesNotExist();
    }

    @Test
    void signsNothingUntilTheStateIsOnTheDisk() throws IOException {
        var blocked = folder.resolve("log.key.signed.tmp");
        try (var signer = Signer.open(keyFile)) {
            signer.sign(Trees.tree(7), provenTo(7));
            Files.createDirectories(blocked.resolve("a folder that cannot be removed"));

            assertThatThrownBy(() -> signer.sign(Trees.tree(8), provenTo(8)))
                    .isInstanceOf(UncheckedIOException.class);

            assertThat(signer.last().size()).isEqualTo(7);
            assertThat(KeyFile.lastSigned(keyFile).size()).isEqualTo(7);
        }
    }

    @Test
    void onlyOneSignerHoldsAKey() {
        try (var signer = Signer.open(keyFile)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> Signer.open(folder.resolve("./log.key")))
                        .isInstanceOf(SigningRefusedException.class)
                        .hasMessageContaining("another signer");
            }
            assertThat(signer.last().size()).isZero();
        }

        assertThat(sign(Trees.tree(1)).checkpoint().size()).isEqualTo(1);
    }

    @Test
    void anotherProcessCannotTakeAHeldKey() throws Exception {
        try (var signer = Signer.open(keyFile)) {
            assertThat(inAnotherProcess()).isEqualTo("refused");
            assertThat(signer.last().size()).isZero();
        }

        assertThat(inAnotherProcess()).isEqualTo("opened");
    }

    private String inAnotherProcess() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = classesOf(Signer.class) + File.pathSeparator + classesOf(SignerTest.class);
        var process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                classes,
                                OpenASigner.class.getName(),
                                keyFile.toString())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    private static Path classesOf(Class<?> type) {
        return Path.of(
                URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /// The other process: tries to take the key and says what came of it.
    static final class OpenASigner {

        private OpenASigner() {}

        public static void main(String[] arguments) {
            try (var signer = Signer.open(Path.of(arguments[0]))) {
                System.out.println(signer.last().size() == 0 ? "opened" : "opened late");
            } catch (SigningRefusedException e) {
                System.out.println("refused");
            }
        }
    }

    @Test
    void theKeyIsItsOwnersAlone() throws IOException {
        for (var file : List.of("log.key", "log.key.signed")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }

        for (var rights : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx------")) {
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString(rights));
            assertThatThrownBy(() -> Signer.open(keyFile))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining("chmod 600");
        }
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("r--------"));
        assertThat(sign(Trees.tree(1)).checkpoint().size()).isEqualTo(1);
    }

    @Test
    void aKeyIsNeverOverwritten() {
        assertThatThrownBy(() -> KeyFile.create(keyFile, ORIGIN))
                .isInstanceOf(SigningRefusedException.class);
        assertThat(KeyFile.verifierKeys(keyFile)).containsExactly(key);
        assertThat(KeyFile.create(folder.resolve("other.key"), ORIGIN)).isNotEqualTo(key);
    }

    @Test
    void aLostKeyIsNotReplacedOnceItSigned() throws IOException {
        sign(Trees.tree(3));
        Files.delete(keyFile);

        assertThatThrownBy(() -> KeyFile.create(keyFile, ORIGIN))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("successor");
    }

    @Test
    void aCrashWhileMakingAKeyCanBeRepeated() throws IOException {
        Files.delete(keyFile);

        var again = KeyFile.create(keyFile, ORIGIN);

        assertThat(sign(Trees.tree(3)).note().signatures())
                .singleElement()
                .matches(it -> again.claims(it));
    }

    @Test
    void refusesAKeyWithoutItsStateOrWithAnothers() throws IOException {
        Files.delete(folder.resolve("log.key.signed"));
        assertThatThrownBy(() -> Signer.open(keyFile))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("log.key.signed");

        KeyFile.writeState(keyFile, new Checkpoint("log.example/2", 0, Merkle.EMPTY_ROOT));
        assertThatThrownBy(() -> Signer.open(keyFile))
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("another log");
    }

    @Test
    void refusesAKeyThatIsMissingOrTorn() throws IOException {
        Files.writeString(keyFile, "PRIVATE+KEY+log.example/1+");
        assertThatThrownBy(() -> Signer.open(keyFile)).isInstanceOf(MalformedException.class);

        Files.delete(keyFile);
        assertThatThrownBy(() -> Signer.open(keyFile)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> KeyFile.read(keyFile)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void refusesANameThatNoKeyMayHave() {
        assertThatThrownBy(() -> KeyFile.create(folder.resolve("k"), "a b"))
                .isInstanceOf(MalformedException.class);
        assertThat(folder.resolve("k")).doesNotExist();
        assertThat(folder.resolve("k.signed")).doesNotExist();
    }
}
