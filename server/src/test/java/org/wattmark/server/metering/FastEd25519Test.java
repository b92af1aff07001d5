package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FastEd25519Test {

    private static final byte[] MESSAGE = {1, 2, 3};

    @BeforeEach
    void install() {
        FastEd25519.install();
    }

    @Test
    void signaturesAreCheckedByAFasterLibraryThanTheJdk() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        var signature = signer.sign();

        var checker = Signature.getInstance("Ed25519");
        checker.initVerify(pair.getPublic());
        checker.update(MESSAGE);

        assertThat(checker.verify(signature)).isTrue();
        assertThat(checker.getProvider().getName()).isEqualTo(FastEd25519.NAME);
        assertThat(((FastEd25519) checker.getProvider()).checkedBy())
                .isIn("AmazonCorrettoCryptoProvider", "BC");
        assertThat(signer.getProvider().getName()).isEqualTo("SunEC");
    }

    @Test
    void aTurnedBitIsFound() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        var signature = signer.sign();
        signature[5] ^= 1;

        var checker = Signature.getInstance("Ed25519");
        checker.initVerify(pair.getPublic());
        checker.update(MESSAGE);

        assertThat(checker.verify(signature)).isFalse();
    }

    @Test
    void nothingElseIsTakenFromTheJdk() throws Exception {
        FastEd25519.install();

        assertThat(Security.getProviders())
                .filteredOn(provider -> provider.getName().equals(FastEd25519.NAME))
                .hasSize(1);
        assertThat(KeyPairGenerator.getInstance("Ed25519").getProvider().getName())
                .isEqualTo("SunEC");
        assertThat(Security.getProvider(FastEd25519.NAME).getServices()).hasSize(1);
    }
}
