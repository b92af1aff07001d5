package org.wattmark.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.file.Path;
import java.text.ParseException;
import org.wattmark.server.secrets.OwnerOnlyFile;

/// The key that signs tokens: P-256, for ES256 and nothing else. It is made at the first start.
final class SigningKey {

    private SigningKey() {}

    static ECKey in(Path keys) {
        var file = keys.resolve("token-signing.jwk");
        try {
            return ECKey.parse(OwnerOnlyFile.readOrCreate(file, SigningKey::make));
        } catch (ParseException e) {
            throw new IllegalStateException(file + " holds no key", e);
        }
    }

    private static String make() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
