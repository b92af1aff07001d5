package org.wattmark.server.registry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.server.secrets.RandomSecret;

/// What decides which claims are drawn for a person's review; no proponent may know it.
final class DrawSecret {

    private DrawSecret() {}

    static byte[] in(Path keys) {
        return OwnerOnlyFile.readOrCreate(keys.resolve("review-draw.secret"), RandomSecret::make)
                .getBytes(StandardCharsets.UTF_8);
    }
}
