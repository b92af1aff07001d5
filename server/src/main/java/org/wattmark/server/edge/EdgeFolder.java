package org.wattmark.server.edge;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Sha256;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.secrets.OwnerOnlyFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What an agent keeps: its key, its state, and a lock, so that no two agents speak for one device.
final class EdgeFolder implements AutoCloseable {

    private static final String KEY = "key";
    private static final String STATE = "state.json";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final Path root;
    private final FileChannel lock;

    private EdgeFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// @throws CommandFailed if another agent works in it
    static EdgeFolder open(Path folder) {
        try {
            OwnerOnlyFile.makeFolder(folder);
            var channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
            if (isFree(channel)) {
                return new EdgeFolder(folder, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + folder, e);
        }
        throw new CommandFailed("another edge agent works in " + folder);
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /// The device's key, made at the first call. It lies in this folder and in no meter: what it
    /// signs is T1.
    DeviceSigner signer() {
        var lines =
                OwnerOnlyFile.readOrCreate(root.resolve(KEY), EdgeFolder::newKey).lines().toList();
        try {
            var keys = KeyFactory.getInstance("Ed25519");
            return new DeviceSigner(
                    new KeyPair(
                            keys.generatePublic(new X509EncodedKeySpec(decoded(lines, 1))),
                            keys.generatePrivate(new PKCS8EncodedKeySpec(decoded(lines, 0)))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CommandFailed(root.resolve(KEY) + " is no Ed25519 key of an edge agent");
        }
    }

    private static byte[] decoded(List<String> lines, int line) {
        if (lines.size() != 2) {
            throw new IllegalArgumentException("two lines, not " + lines.size());
        }
        return Base64.getDecoder().decode(lines.get(line));
    }

    /// Secret (PKCS#8) and public (X.509) half, in Base64.
    private static String newKey() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var base64 = Base64.getEncoder();
            return base64.encodeToString(pair.getPrivate().getEncoded())
                    + "\n"
                    + base64.encodeToString(pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("this Java platform has no Ed25519", e);
        }
    }

    /// What was kept last. The device's id is chosen at the first call, and kept before anybody
    /// hears of it.
    EdgeState state() {
        var file = root.resolve(STATE);
        if (!Files.exists(file)) {
            keep(
                    new EdgeState(
                            UUID.randomUUID(),
                            null,
                            Map.of(),
                            Map.of(),
                            0,
                            Sha256.NONE.hex(),
                            List.of(),
                            List.of()));
        }
        try {
            return JSON.readValue(OwnerOnlyFile.read(file), EdgeState.class);
        } catch (JacksonException e) {
            throw new CommandFailed(file + " is no state of an edge agent: " + e.getMessage());
        }
    }

    /// On disk when it returns: the old state or this one, never a part of it.
    void keep(EdgeState state) {
        OwnerOnlyFile.write(root.resolve(STATE), JSON.writeValueAsString(state));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot leave " + root, e);
        }
    }
}
