package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log whose private key this process never sees.
class KeyVaultTest {

    private static final String ORIGIN = "log.example/held";
    private static final String PLACE = "vault:transit/wattmark-log/1";

    @TempDir private Path folder;

    private Path keyFile;
    private final KeyPair pair = newPair();

    @SuppressWarnings("NullAway.Init") // set before each test
    KeyVaultTest() {}

    @BeforeEach
    void aKeyFileThatNamesAPlace() {
        keyFile = folder.resolve("log.key");
        KeyFile.createHeld(keyFile, ORIGIN, rawOf(pair), PLACE);
    }

    @Test
    void aKeyInAVaultSignsAsOneInAFileDoes() throws Exception {
        var key = KeyFile.verifierKeys(keyFile).getFirst();

        try (var signer = Signer.open(keyFile, vaultWith(pair))) {
            var signed = signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet);

            assertThat(signed.note().signatures())
                    .singleElement()
                    .satisfies(signature ->
                            assertThat(key.verifies(signed.note().text(), signature)).isTrue());
        }
        assertThat(Files.readString(keyFile)).startsWith("HELD+KEY+" + key + "+" + PLACE);
    }

    @Test
    void theVaultIsAskedForTheKeyAtItsPlaceAndForTheWholeText() {
        var asked = new StringBuilder();
        var real = vaultWith(pair);

        try (var signer =
                Signer.open(
                        keyFile,
                        (place, message) -> {
                            asked.append(place).append('\n').append(Strict.utf8(message));
                            return real.sign(place, message);
                        })) {
            signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet);
        }

        assertThat(asked.toString()).startsWith(PLACE + "\n" + ORIGIN + "\n0\n");
    }

    @Test
    void whatAnotherKeySignedIsRefused() {
        try (var signer = Signer.open(keyFile, vaultWith(newPair()))) {
            assertThatThrownBy(() -> signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining("is not the key");
        }
        try (var signer = Signer.open(keyFile, (_, _) -> new byte[64])) {
            assertThatThrownBy(() -> signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet))
                    .isInstanceOf(SigningRefusedException.class);
        }
    }

    @Test
    void aVaultThatDoesNotAnswerLosesASignatureAndNotTheMemory() {
        try (var signer =
                Signer.open(
                        keyFile,
                        (_, _) -> {
                            throw new UncheckedIOException(new IOException("gone"));
                        })) {
            assertThatThrownBy(() -> signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet))
                    .isInstanceOf(UncheckedIOException.class);
        }

        try (var signer = Signer.open(keyFile, vaultWith(pair))) {
            assertThat(signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet).checkpoint().size())
                    .isZero();
        }
    }

    @Test
    void withoutAVaultSuchAKeySignsNothing() {
        try (var signer = Signer.open(keyFile)) {
            assertThatThrownBy(() -> signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet))
                    .isInstanceOf(SigningRefusedException.class)
                    .hasMessageContaining(PLACE);
        }
    }

    @Test
    void aKeyInAVaultSucceedsOneInAFileAndBothSign() {
        var file = folder.resolve("rotated.key");
        KeyFile.create(file, ORIGIN);
        KeyFile.addHeldSuccessor(file, rawOf(pair), PLACE);

        try (var signer = Signer.open(file, vaultWith(pair))) {
            assertThat(signer.sign(Tree.EMPTY, KeyVaultTest::nothingYet).note().signatures())
                    .hasSize(2);
        }
        KeyFile.retireOldest(file);
        assertThat(KeyFile.verifierKeys(file)).hasSize(1);
        assertThatThrownBy(() -> KeyFile.addHeldSuccessor(file, rawOf(pair), PLACE))
                .isInstanceOf(SigningRefusedException.class);
    }

    @Test
    void aLineThatIsCutOrOfAnotherKeyIsRefused() {
        var line = SigningKey.heldElsewhere(ORIGIN, rawOf(pair), PLACE).format();

        assertThat(SigningKey.parse(line).format()).isEqualTo(line);
        assertThatThrownBy(() -> SigningKey.parse(line.replace("+" + PLACE, "")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SigningKey.parse(line.replace(ORIGIN, "other.example")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SigningKey.heldElsewhere(ORIGIN, rawOf(pair), "a b"))
                .isInstanceOf(MalformedException.class);
    }

    private static ConsistencyProof nothingYet(long size) {
        return new ConsistencyProof(size, 0, List.of());
    }

    private static KeyVault vaultWith(KeyPair pair) {
        return (_, message) -> {
            try {
                var signer = Signature.getInstance("Ed25519");
                signer.initSign(pair.getPrivate());
                signer.update(message);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] rawOf(KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
