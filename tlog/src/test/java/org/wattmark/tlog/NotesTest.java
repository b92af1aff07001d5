package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Notes, their keys and signatures, against what others signed.
class NotesTest {

    /// The example of the documentation of `golang.org/x/mod/sumdb/note`.
    private static final String PETERS_KEY =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String PETER =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String TEXT =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String NOTE =
            TEXT
                    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
                    + "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    /// The example of C2SP `signed-note`, whose text has an empty line.
    private static final String POEM =
            """
            Ognuno sta solo sul cuor della terra
            trafitto da un raggio di sole:

            ed è subito sera.

            — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
            """;

    @Test
    void signsAsTheExampleOfSumdbIsSigned() {
        var key = SigningKey.parse(PETERS_KEY);

        var note = new SignedNote(TEXT, List.of(key.sign(TEXT)));

        assertThat(note.format()).isEqualTo(NOTE);
        assertThat(key.verifierKey()).hasToString(PETER).isEqualTo(VerifierKey.parse(PETER));
        assertThat(key.verifierKey().hashCode()).isEqualTo(VerifierKey.parse(PETER).hashCode());
        assertThat(key.format()).isEqualTo(PETERS_KEY);
        assertThat(key.toString()).doesNotContain("AYEKFA").contains(PETER);
    }

    @Test
    void verifiesTheExampleOfSumdb() {
        var note = SignedNote.parse(NOTE);
        var key = VerifierKey.parse(PETER);

        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(key.verifies(note.text(), note.signatures().getFirst())).isTrue();
        assertThat(key.verifies(note.text() + "\n", note.signatures().getFirst())).isFalse();
        assertThat(note.signatures().getFirst().fingerprint()).isEqualTo("PeterNeumann+c74f20a3");
        assertThat(key.fingerprint()).isEqualTo("PeterNeumann+c74f20a3");
        assertThat(key.keyId()).isEqualTo(0xc74f20a3);
        assertThat(key.name()).isEqualTo("PeterNeumann");
        assertThat(key.type()).isEqualTo(SignatureType.ED25519);
    }

    @Test
    void theLastEmptyLineEndsTheText() {
        var note = SignedNote.parse(POEM);

        assertThat(note.text()).endsWith("sole:\n\ned è subito sera.\n");
        assertThat(note.format()).isEqualTo(POEM);
    }

    @Test
    void aSecondSignatureByOneKeyReplacesTheFirst() {
        var first = SigningKey.generate("a.example", SignatureType.ED25519);
        var second = SigningKey.generate("b.example", SignatureType.ED25519);
        var note = new SignedNote(TEXT, List.of(first.sign("older\n"), second.sign(TEXT)));

        var renewed = note.with(first.sign(TEXT));

        assertThat(renewed.signatures()).containsExactly(second.sign(TEXT), first.sign(TEXT));
    }

    @Test
    void aKeyVerifiesOnlyWhatBearsItsNameAndId() {
        var key = SigningKey.generate("a.example", SignatureType.ED25519);
        var signature = key.sign(TEXT);
        var renamed = new NoteSignature("b.example", signature.base64());
        var otherId = NoteSignature.of("a.example", signature.keyId() + 1, signature.signature());
        var tooShort = NoteSignature.of("a.example", signature.keyId(), new byte[63]);

        assertThat(key.verifierKey().verifies(TEXT, signature)).isTrue();
        assertThat(key.verifierKey().verifies(TEXT, renamed)).isFalse();
        assertThat(key.verifierKey().verifies(TEXT, otherId)).isFalse();
        assertThat(key.verifierKey().verifies(TEXT, tooShort)).isFalse();
    }

    @Test
    void refusesNotesThatAreNone() {
        var line = "— a.example AAAAAAA=\n";
        var others =
                List.of(
                        "",
                        "\n",
                        "\n\n",
                        "text\n",
                        "text\n\n",
                        line,
                        "text\n" + line,
                        "text\n\n" + line.strip(),
                        "text\n\n" + line + "\n",
                        "text\n\n" + line + "text\n",
                        "te\txt\n\n" + line,
                        "te\rxt\n\n" + line,
                        "te\uD800xt\n\n" + line,
                        "text\n\n" + line.repeat(101),
                        "text\n\n- a.example AAAAAAA=\n",
                        "text\n\n—\n",
                        "text\n\n— \n",
                        "text\n\n— a.example\n",
                        "text\n\n— a.example \n",
                        "text\n\n—  AAAAAAA=\n",
                        "text\n\n— a example AAAAAAA=\n",
                        "text\n\n— a+example AAAAAAA=\n",
                        "text\n\n— a\u2003example AAAAAAA=\n",
                        "text\n\n— a\u00a0example AAAAAAA=\n",
                        "text\n\n— a\u0085example AAAAAAA=\n",
                        "text\n\n— a\uD800 AAAAAAA=\n",
                        "text\n\n— a.example AAAAAA==\n",
                        "text\n\n— a.example AAAAAAB=\n",
                        "text\n\n— a.example AAAAAAA\n",
                        "text\n\n— a.example ?\n");

        assertThat(SignedNote.parse("text\n\n" + line.repeat(100)).signatures()).hasSize(100);
        for (var other : others) {
            assertThatThrownBy(() -> SignedNote.parse(other))
                    .as(other)
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> new SignedNote("text", SignedNote.parse(NOTE).signatures()))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new SignedNote(TEXT, List.of()))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void noCharacterOfAVerifierKeyCanBeChanged() {
        IntStream.range(0, PETER.length())
                .mapToObj(i ->
                        PETER.substring(0, i)
                                + (PETER.charAt(i) == 'B' ? 'C' : 'B')
                                + PETER.substring(i + 1))
                .forEach(changed ->
                        assertThatThrownBy(() -> VerifierKey.parse(changed))
                                .isInstanceOf(MalformedException.class));
    }

    @Test
    void refusesKeysThatAreNone() {
        for (var key :
                List.of(
                        "",
                        "a",
                        "a+b",
                        "a+c74f20a3",
                        "a+c74f20a3+",
                        "a+c74f20a3+?",
                        "a+c74f20a3+AQ==",
                        "a+c74f20a3+Ag==",
                        PETER + "\n",
                        PETER.replace("c74f20a3", "C74F20A3"))) {
            assertThatThrownBy(() -> VerifierKey.parse(key))
                    .as(key)
                    .isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> SigningKey.parse("PRIVATE+KEY+" + key))
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> SigningKey.parse(PETERS_KEY.replace("c74f", "c74e")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SigningKey.parse(PETERS_KEY.replace("PRIVATE", "PUBLIC")))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void neverShowsAPrivateKeyInAMessage() {
        for (var wrong :
                List.of(PETERS_KEY + "=", PETERS_KEY.replace("c74f", "c74e"), PETERS_KEY + "\n")) {
            assertThatThrownBy(() -> SigningKey.parse(wrong)).message().doesNotContain("AYEKFA");
            assertThatThrownBy(() -> SigningKey.parse(wrong)).hasNoCause();
        }
    }

    @Test
    void refusesBytesThatAreNoPointOfTheCurve() {
        // y = 2 has no x on the curve, of either sign.
        assertThatThrownBy(() ->
                        Algorithm.ED25519.publicKey(Hash.ofHex("02" + "00".repeat(31)).bytes()))
                .isInstanceOf(MalformedException.class);
    }

    /// What a log of transparency.dev published and the witness remora.n621.de cosigned.
    private static final String COSIGNED =
            """
            arche2025h1.staging.ct.transparency.dev
            1432088532
            U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

            — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
            — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
            — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
            — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
            """;

    @Test
    void verifiesARealLogAndItsRealWitness() {
        var checkpoint = SignedCheckpoint.parse(COSIGNED);
        var log =
                VerifierKey.parse(
                        "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f");
        var remora =
                VerifierKey.parse(
                        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");
        var signatures = checkpoint.note().signatures();
        var text = checkpoint.note().text();

        assertThat(checkpoint.checkpoint().size()).isEqualTo(1_432_088_532L);
        assertThat(signatures.stream().filter(it -> log.verifies(text, it)))
                .containsExactly(signatures.get(1));
        assertThat(signatures.stream().filter(it -> remora.verifies(text, it)))
                .containsExactly(signatures.get(3));
        assertThat(Cosignature.of(remora, signatures.get(3)).time())
                .isEqualTo(Instant.ofEpochSecond(0x6a122120L));
        assertThat(remora.verifies(text.replace("1432088532", "1432088531"), signatures.get(3)))
                .isFalse();
        assertThat(checkpoint.format()).isEqualTo(COSIGNED);
    }

    @Test
    void aWitnessSignsTheTimeToo() {
        var witness = SigningKey.generate("w.example", SignatureType.COSIGNATURE);
        var seen = SignedCheckpoint.parse(COSIGNED);
        var text = seen.note().text();

        var signature = witness.cosign(seen, Instant.parse("2026-01-02T03:04:05.999Z"));

        var key = VerifierKey.parse(witness.verifierKey().toString());
        assertThat(SigningKey.parse(witness.format()).verifierKey()).isEqualTo(key);
        assertThat(key.verifies(text, signature)).isTrue();
        assertThat(Cosignature.of(key, signature).time())
                .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        for (int i = 0; i < Long.BYTES; i++) {
            var bytes = signature.signature();
            bytes[i] ^= (byte) 0x81;
            assertThat(key.verifies(text, NoteSignature.of("w.example", key.keyId(), bytes)))
                    .isFalse();
        }
        assertThat(key.verifies(text, NoteSignature.of("w.example", key.keyId(), new byte[71])))
                .isFalse();
    }

    @Test
    void aTimeThatNoClockShowsIsRefused() {
        var witness = SigningKey.generate("w.example", SignatureType.COSIGNATURE);
        var seed = Strict.base64(witness.format().split("\\+", 5)[4]);
        var text = SignedCheckpoint.parse(COSIGNED).note().text();

        for (long seconds : List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
            var raw =
                    Algorithm.ED25519.sign(
                            Algorithm.ED25519.keysOf(Arrays.copyOfRange(seed, 1, 33)).getPrivate(),
                            Cosignature.message(
                                    SignatureType.COSIGNATURE, "w.example", seconds, text));
            var signature =
                    NoteSignature.of(
                            "w.example",
                            witness.verifierKey().keyId(),
                            Cosignature.encode(seconds, raw));
            assertThat(witness.verifierKey().verifies(text, signature)).isFalse();
        }
    }

    @Test
    void aWitnessSignsWithAKeyThatOutlastsQuantumComputers() {
        var witness = SigningKey.generate("w.example", SignatureType.ML_DSA_44_COSIGNATURE);
        var seen = SignedCheckpoint.parse(COSIGNED);
        var text = seen.note().text();

        var signature = witness.cosign(seen, Instant.parse("2026-01-02T03:04:05.999Z"));

        var key = VerifierKey.parse(witness.verifierKey().toString());
        assertThat(SigningKey.parse(witness.format()).verifierKey()).isEqualTo(key);
        assertThat(signature.signature()).hasSize(8 + 2420);
        assertThat(key.verifies(text, signature)).isTrue();
        assertThat(Cosignature.of(key, signature).time())
                .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        // Extension lines are no part of what is cosigned; origin, size, root and name are.
        assertThat(key.verifies(text + "extension\n", signature)).isTrue();
        for (var other :
                List.of(
                        text.replace("arche", "Arche"),
                        text.replace("\n1432088532\n", "\n1432088533\n"),
                        text.replace("U7WM79jrzyhG", "U7WM79jrzyhH"),
                        "no checkpoint\n")) {
            assertThat(key.verifies(other, signature)).as(other).isFalse();
        }
        var bytes = signature.signature();
        for (int i : List.of(0, 7, 8, 1000, bytes.length - 1)) {
            bytes[i] ^= 1;
            assertThat(key.verifies(text, NoteSignature.of("w.example", key.keyId(), bytes)))
                    .isFalse();
            bytes[i] ^= 1;
        }
        for (int length : List.of(7, 8, 72, 2427, 2429)) {
            var cut = Arrays.copyOf(bytes, length);
            assertThat(key.verifies(text, NoteSignature.of("w.example", key.keyId(), cut)))
                    .isFalse();
        }
    }

    @Test
    void theNameOfAWitnessIsPartOfWhatItSigns() {
        var witness = SigningKey.generate("w.example", SignatureType.ML_DSA_44_COSIGNATURE);
        var typed = Strict.base64(witness.verifierKey().toString().split("\\+", 3)[2]);
        var raw = Arrays.copyOfRange(typed, 1, typed.length);
        var renamed = new VerifierKey("v.example", SignatureType.ML_DSA_44_COSIGNATURE, raw);
        var seen = SignedCheckpoint.parse(COSIGNED);

        var signature = witness.cosign(seen, Instant.EPOCH).signature();

        var claimed = NoteSignature.of("v.example", renamed.keyId(), signature);
        assertThat(renamed.claims(claimed)).isTrue();
        assertThat(renamed.verifies(seen.note().text(), claimed)).isFalse();
        assertThat(renamed.isSameKey(witness.verifierKey())).isTrue();
    }

    @Test
    void aNameThatIsTooLongForACosignatureIsRefused() {
        var name = "w".repeat(256);
        var witness = SigningKey.generate(name, SignatureType.ML_DSA_44_COSIGNATURE);
        var seen = SignedCheckpoint.parse(COSIGNED);

        assertThatThrownBy(() -> witness.cosign(seen, Instant.EPOCH))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aKeySignsOnlyInItsOwnWay() {
        var log = SigningKey.generate("a.example", SignatureType.ED25519);
        var witness = SigningKey.generate("a.example", SignatureType.COSIGNATURE);
        var seen = SignedCheckpoint.parse(COSIGNED);

        assertThatThrownBy(() -> witness.sign(TEXT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.cosign(seen, Instant.EPOCH))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsTheExampleOfTlogCheckpoint() {
        var example =
                """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                """;

        var signed = SignedCheckpoint.parse(example);

        assertThat(signed.checkpoint())
                .isEqualTo(
                        new Checkpoint(
                                "example.com/behind-the-sofa",
                                20852163,
                                Hash.ofBase64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")));
        assertThat(signed.checkpoint().text()).isEqualTo(signed.note().text());
        assertThat(signed.format()).isEqualTo(example);
    }

    @Test
    void readsPastExtensionLines() {
        var plain = new Checkpoint("example.com/log", 7, Merkle.leafHash(new byte[0]));

        assertThat(Checkpoint.parse(plain.text() + "anything\nat all\n")).isEqualTo(plain);
    }

    @Test
    void refusesCheckpointsThatAreNone() {
        var root = Merkle.leafHash(new byte[0]).base64() + "\n";
        var others =
                List.of(
                        "",
                        "\n",
                        "a\n",
                        "a\n1\n",
                        "a\n1\n" + root + "\n",
                        "\n1\n" + root,
                        "a\n1\n" + root.strip(),
                        "a\n01\n" + root,
                        "a\n-1\n" + root,
                        "a\n+1\n" + root,
                        "a\n 1\n" + root,
                        "a\n9223372036854775808\n" + root,
                        "a\n١\n" + root,
                        "a\n1\n\n" + root,
                        "a\n1\nAAAA\n",
                        "a\n0\n" + root,
                        "a\n1\nx" + root);

        assertThat(Checkpoint.parse("a\n9223372036854775807\n" + root).size())
                .isEqualTo(Long.MAX_VALUE);
        for (var other : others) {
            assertThatThrownBy(() -> Checkpoint.parse(other))
                    .as(other)
                    .isInstanceOf(MalformedException.class);
        }
        for (var origin : List.of("", "a\nb")) {
            assertThatThrownBy(() -> new Checkpoint(origin, 0, Merkle.EMPTY_ROOT))
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> new Checkpoint("a", -1, Merkle.EMPTY_ROOT))
                .isInstanceOf(MalformedException.class);
        assertThat(Collections.singletonList(new Checkpoint("a", 0, Merkle.EMPTY_ROOT))).hasSize(1);
    }

    @Test
    void aSignedCheckpointIsOfItsOwnNote() {
        var signed = SignedCheckpoint.parse(COSIGNED);
        var other = new Checkpoint("a", 0, Merkle.EMPTY_ROOT);

        assertThatThrownBy(() -> new SignedCheckpoint(other, signed.note()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
