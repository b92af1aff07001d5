package org.wattmark.server.metering;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/// Lets a faster library than the JDK check Ed25519 signatures, and do nothing else: keys, signing
/// and all other algorithms stay with the JDK.
///
/// On one core the JDK checks about 1,600 signatures a second, Bouncy Castle 13,000 and Amazon's
/// Corretto Crypto Provider 27,000. The latter has native code for Linux and macOS; elsewhere, and
/// where it does not load, Bouncy Castle takes its place.
public final class FastEd25519 extends Provider {

    private static final long serialVersionUID = 1L;

    static final String NAME = "WattmarkEd25519";

    private static final String CORRETTO =
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /// Corretto has its Ed25519 only if this is set before its class is loaded.
    private static final String CORRETTO_HAS_ED25519 =
            "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private final Service checker;

    private FastEd25519(Service checker) {
        super(NAME, "1", "checks Ed25519 signatures by " + checker.getProvider().getName());
        this.checker = checker;
        putService(new Checking());
    }

    /// Puts itself before the JDK's own, once in the life of the process.
    public static synchronized void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new FastEd25519(fastest()), 1);
        }
    }

    private static Service fastest() {
        var corretto = corretto();
        return corretto == null
                ? new BouncyCastleProvider().getService("Signature", "Ed25519")
                : corretto;
    }

    private static @Nullable Service corretto() {
        System.setProperty(CORRETTO_HAS_ED25519, "true");
        try {
            var type = Class.forName(CORRETTO);
            var provider = (Provider) type.getField("INSTANCE").get(null);
            boolean loaded = type.getMethod("getLoadingError").invoke(provider) == null;
            return loaded ? provider.getService("Signature", "Ed25519") : null;
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // not for this platform
        }
    }

    /// Who really checks: its name is for people.
    String checkedBy() {
        return checker.getProvider().getName();
    }

    private final class Checking extends Service {

        Checking() {
            super(FastEd25519.this, "Signature", "Ed25519", checker.getClassName(), null, null);
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return checker.newInstance(parameter);
        }

        /// A private key is not for here: the JDK goes on to its own provider, and signs there.
        @Override
        public boolean supportsParameter(@Nullable Object key) {
            return key instanceof PublicKey;
        }
    }
}
