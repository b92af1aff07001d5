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

    /// In place of a size: the other process changes the key.
    private static final long CHANGE = -1;

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
    void twoSignersNeverSignTwoRootsForOneSize() {
        var other = Trees.tree(7).append(Merkle.EMPTY_ROOT);
        try (var one = Signer.open(keyFile);
                var two = Signer.open(folder.resolve("./log.key"))) {
            one.sign(Trees.tree(7), provenTo(7));
            two.sign(Trees.tree(8), provenTo(8));

            assertThatThrownBy(() -> one.sign(other, provenTo(8)))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining("contradicts what was signed at 8");
            assertThatThrownBy(() -> one.sign(Trees.tree(7), provenTo(7)))
                    .isInstanceOf(SigningRefusedException.class);
            assertThat(one.last()).isEqualTo(two.last());
            assertThat(one.sign(Trees.tree(8), provenTo(8)).checkpoint()).isEqualTo(two.last());
        }
    }

    @Test
    void twoProcessesSignInTurnAndEachExtendsTheOthers() throws Exception {
        try (var signer = Signer.open(keyFile)) {
            signer.sign(Trees.tree(7), provenTo(7));

            assertThat(inAnotherProcess(6)).startsWith("the log has 6 leaves, but 7 were signed");
            assertThat(inAnotherProcess(9)).isEqualTo("signed 9");

            assertThatThrownBy(() -> signer.sign(Trees.tree(8), provenTo(8)))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining("8 leaves, but 9");
            assertThat(signer.sign(Trees.tree(20), provenTo(20)).checkpoint().size()).isEqualTo(20);
        }
    }

    @Test
    void nobodyChangesAKeyThatASignerInAnotherProcessHolds() throws Exception {
        try (var signer = Signer.open(keyFile)) {
            assertThat(inAnotherProcess(CHANGE)).contains("another signer uses the key");
            assertThat(signer.last().size()).isZero();
        }

        assertThat(inAnotherProcess(CHANGE)).isEqualTo("changed");
    }

    @Test
    void refusesAStateThatIsOlderThanWhatItSigned() {
        try (var signer = Signer.open(keyFile)) {
            signer.sign(Trees.tree(7), provenTo(7));
            KeyFile.writeState(keyFile, new Checkpoint(ORIGIN, 3, Trees.tree(3).root()));

            assertThatThrownBy(() -> signer.sign(Trees.tree(8), provenTo(8)))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining("what was signed at 7 is forgotten");
        }
    }

    /// @param size to sign, or [#CHANGE]
    private String inAnotherProcess(long size) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = classesOf(Signer.class) + File.pathSeparator + classesOf(SignerTest.class);
        var process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                classes,
                                AnotherProcess.class.getName(),
                                keyFile.toString(),
                                String.valueOf(size))
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

    /// The other process: says what came of what it tried.
    static final class AnotherProcess {

        private AnotherProcess() {}

        public static void main(String[] arguments) {
            var keyFile = Path.of(arguments[0]);
            long size = Long.parseLong(arguments[1]);
            try {
                System.out.println(size == CHANGE ? change(keyFile) : sign(keyFile, size));
            } catch (SigningRefusedException e) {
                System.out.println(e.getMessage());
            }
        }

        private static String change(Path keyFile) {
            KeyFile.addSuccessor(keyFile);
            return "changed";
        }

        private static String sign(Path keyFile, long size) {
            try (var signer = Signer.open(keyFile)) {
                var signed = signer.sign(Trees.tree(size), provenTo(size));
                return "signed " + signed.checkpoint().size();
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
