package org.wattmark.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Signer;

/// What the transparency log takes by itself.
final class LogMeasurements {

    /// As a publisher takes them: a quarter of a second's at 100,000 a second.
    private static final int PAGE = 25_000;

    private final Report report;
    private final Duration length;

    LogMeasurements(Report report, Duration length) {
        this.report = report;
        this.length = length;
    }

    void run(Path folder) throws Exception {
        report.section(
                "Transparency log",
                "Leaves of 273 bytes, as plain transfers have. The rival is the bare hash: two"
                        + " SHA-256 for each leaf.");
        var rates = new LogRates(length);
        rates.bareHashes(); // warm
        double bare = rates.bareHashes();
        report.add(Row.rate("bare SHA-256, leaf and one node", bare, "leaves"));
        report.add(Row.rate("Merkle append in memory", rates.appends(), "leaves").comparedTo(bare));
        Files.createDirectories(folder);
        var keyFile = folder.resolve("log.key");
        KeyFile.create(keyFile, "benchmark.example/log");
        var tiles = folder.resolve("tiles");
        try (var signer = Signer.open(keyFile)) {
            var log =
                    Log.open(new FileTiles(tiles), new MemoryCheckpoints(), signer, _ -> List.of());
            long start = System.nanoTime();
            while (System.nanoTime() - start < length.toNanos()) {
                log.append(
                        log.latest().checkpoint().size(), page(log.latest().checkpoint().size()));
            }
            var latest = log.latest().checkpoint();
            report.add(
                    Row.rate(
                                    "log append: tiles on disk, a signed checkpoint each "
                                            + PAGE
                                            + " leaves",
                                    latest.size() * 1e9 / (System.nanoTime() - start),
                                    "leaves")
                            .comparedTo(bare));
            rates.proofs(tiles, latest.size(), latest.root()).forEach(report::add);
        }
    }

    private static List<Hash> page(long from) {
        var leaf = new byte[273];
        var hashes = new ArrayList<Hash>(PAGE);
        for (int i = 0; i < PAGE; i++) {
            ByteBuffer.wrap(leaf).putLong(from + i);
            hashes.add(Merkle.leafHash(leaf));
        }
        return hashes;
    }
}
