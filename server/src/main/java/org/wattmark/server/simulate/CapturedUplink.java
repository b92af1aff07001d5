package org.wattmark.server.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.metering.BatchJson;
import tools.jackson.databind.json.JsonMapper;

/// Writes down what each device sends, beside sending it: a file of JSON lines for each, as
/// `wattmark conformance --capture` reads it.
final class CapturedUplink implements Uplink {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Uplink way;
    private final Path folder;
    private final InstantSource clock;

    CapturedUplink(Uplink way, Path folder, InstantSource clock) {
        this.way = way;
        this.folder = folder;
        this.clock = clock;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    @Override
    public Told send(DeviceFile device, SignedBatch batch) throws InterruptedException {
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var told = way.send(device, batch);
        var line = new LinkedHashMap<String, Object>();
        line.put("sent_at", at.toString());
        line.put("body", base64(BatchJson.bytes(batch)));
        line.put("signing_bytes", base64(batch.batch().canonicalBytes()));
        if (told.taken()) {
            line.put("status", 201);
        }
        append(file(device), JSON.writeValueAsString(line) + "\n");
        return told;
    }

    private Path file(DeviceFile device) {
        var name = device.path().getFileName().toString().toLowerCase(Locale.ROOT);
        return folder.resolve(name.replace(".json", ".jsonl"));
    }

    /// Each device has a file and a thread of its own.
    private static void append(Path file, String line) {
        try {
            Files.writeString(
                    file,
                    line,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public long waits() {
        return way.waits();
    }

    @Override
    public void close() {
        way.close();
    }
}
