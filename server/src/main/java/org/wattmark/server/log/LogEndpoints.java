package org.wattmark.server.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.problem.Problem;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.VerifierKey;

/// The log as anyone may read it, in the layout of C2SP `tlog-tiles` below `/log`, and the proof of
/// each entry.
@RestController
class LogEndpoints {

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    /// What is published never changes; a year is how HTTP says "for ever" (RFC 9111, RFC 8246).
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    /// It does not change either, but nobody asks for it once it has grown.
    private static final CacheControl A_MINUTE =
            CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

    private static final Duration SOON = Duration.ofSeconds(1);

    private final PublishedLog log;
    private final Publisher publisher;
    private final List<VerifierKey> keys;

    /// @param keys that sign, the oldest first
    LogEndpoints(PublishedLog log, Publisher publisher, List<VerifierKey> keys) {
        this.log = log;
        this.publisher = publisher;
        this.keys = List.copyOf(keys);
    }

    /// The log's newest signed checkpoint (C2SP tlog-checkpoint).
    @GetMapping("/log/checkpoint")
    ResponseEntity<?> checkpoint() {
        var latest = log.latest();
        return latest.isPresent()
                ? text(latest.get().format(), CacheControl.noCache())
                : notFound("no_checkpoint", "The log has published nothing yet.");
    }

    /// The key to pin: `wattmark keys trust` reads it here. Two, a line each, while one succeeds
    /// the other.
    @GetMapping("/log/key")
    ResponseEntity<?> key() {
        var lines = keys.stream().map(it -> it + "\n").collect(Collectors.joining());
        return text(lines, CacheControl.noCache());
    }

    /// Tiles of hashes and, below `entries`, bundles of the leaves themselves.
    @GetMapping("/log/tile/{*path}")
    ResponseEntity<?> tile(@PathVariable String path) {
        TilePath wanted;
        try {
            wanted = TilePath.parse("tile" + path);
        } catch (MalformedException e) {
            return notFound("tile_malformed", "This is not the path of a tile.");
        }
        var tile = log.tile(wanted);
        if (tile.isEmpty()) {
            return notFound("tile_unavailable", "The published log has no such tile.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(wanted.isFull() ? FOR_EVER : A_MINUTE)
                .body(tile.get());
    }

    /// The proof of one entry, as C2SP `tlog-proof` writes it.
    @GetMapping("/api/v1/log/proofs/{sequence}")
    ResponseEntity<?> proof(@PathVariable long sequence) {
        if (sequence < 0) {
            return notFound("entry_unknown", "The journal counts from 0.");
        }
        var proof = log.proof(sequence);
        if (proof.isPresent()) {
            return text(proof.get().format(), CacheControl.noCache());
        }
        if (!log.isInJournal(sequence)) {
            return notFound("entry_unknown", "The journal has no such entry.");
        }
        if (publisher.hasRefused()) {
            return Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "log_stopped",
                            "The log signs nothing until its operator has looked into it.")
                    .answer();
        }
        return ResponseEntity.accepted()
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(SOON.toSeconds()))
                .cacheControl(CacheControl.noStore())
                .build();
    }

    private static ResponseEntity<?> text(String text, CacheControl cache) {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(cache)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<?> notFound(String code, String detail) {
        return Problem.of(HttpStatus.NOT_FOUND, code, detail).answer();
    }
}
