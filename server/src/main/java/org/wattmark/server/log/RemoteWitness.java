package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wattmark.tlog.ConsistencyProof;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.NoteSignature;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.SignedNote;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.tlog.WitnessRequest;

/// One witness, as C2SP `tlog-witness` lets it be asked. At most one question is on its way at a
/// time, and a witness that fails is left alone for a while.
final class RemoteWitness {

    /// For an answer; it only bounds how long a question is on its way, nobody waits so long.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /// Some cosignatures of the longest kind, which have 3,300 characters each.
    private static final int MOST_BYTES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWitness.class);

    private final String name;
    private final VerifierKey key;
    private final URI url;
    private final HttpClient http;

    private @Nullable Question question;
    private @Nullable String complaint;
    private Duration rest = Duration.ZERO;
    private long restedAt = System.nanoTime();

    /// What it saw last, as far as is known here; only the one question on its way uses it.
    private volatile long seen;

    /// @param url of `add-checkpoint`
    RemoteWitness(String name, VerifierKey key, URI url, HttpClient http) {
        this.name = name;
        this.key = key;
        this.url = url;
        this.http = http;
    }

    private record Question(
            SignedCheckpoint checkpoint, CompletableFuture<Optional<NoteSignature>> answer) {

        boolean isAbout(SignedCheckpoint other) {
            return checkpoint.note().text().equals(other.note().text());
        }
    }

    String name() {
        return name;
    }

    VerifierKey key() {
        return key;
    }

    /// What is wrong with it; empty when it answered last time, or was never asked.
    synchronized Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }

    /// Its cosignature of this checkpoint, empty where it gives none. Returns at once, and never
    /// fails; while another question is on its way, or it is left alone, nothing is asked.
    synchronized CompletableFuture<Optional<NoteSignature>> ask(
            SignedCheckpoint checkpoint, LongFunction<ConsistencyProof> since) {
        var asked = question;
        if (asked != null && asked.isAbout(checkpoint)) {
            if (!asked.answer().isDone() || asked.answer().join().isPresent()) {
                return asked.answer();
            }
        } else if (asked != null && !asked.answer().isDone()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (System.nanoTime() < restedAt) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var answer = new CompletableFuture<Optional<NoteSignature>>();
        question = new Question(checkpoint, answer);
        Thread.ofVirtual()
                .name("witness " + name)
                .start(() -> answer.complete(attempt(checkpoint, since)));
        return answer;
    }

    private Optional<NoteSignature> attempt(
            SignedCheckpoint checkpoint, LongFunction<ConsistencyProof> since) {
        try {
            var cosignature = cosignature(checkpoint, since);
            well();
            return Optional.of(cosignature);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            ill(e);
        }
        return Optional.empty();
    }

    private NoteSignature cosignature(
            SignedCheckpoint checkpoint, LongFunction<ConsistencyProof> since)
            throws IOException, InterruptedException {
        long size = checkpoint.checkpoint().size();
        var answer = send(checkpoint, since.apply(Math.min(seen, size)));
        if (answer.status() == 409) {
            // It saw another size than was thought, and says which.
            seen = sizeOf(answer.body());
            if (seen > size) {
                throw new IOException(
                        "it has seen %d leaves, but this log has %d".formatted(seen, size));
            }
            answer = send(checkpoint, since.apply(seen));
        }
        if (answer.status() != 200) {
            throw new IOException("it answers " + answer.status());
        }
        var cosignature = verified(checkpoint, answer.body());
        seen = size;
        return cosignature;
    }

    private static long sizeOf(String body) throws IOException {
        try {
            return Long.parseUnsignedLong(body.strip());
        } catch (NumberFormatException e) {
            throw new IOException("it answers 409 without a size", e);
        }
    }

    private NoteSignature verified(SignedCheckpoint checkpoint, String lines) throws IOException {
        SignedNote note;
        try {
            note = SignedNote.parse(checkpoint.note().text() + "\n" + lines);
        } catch (MalformedException e) {
            throw new IOException("its answer is no cosignature", e);
        }
        return note.signatures().stream()
                .filter(it -> key.verifies(note.text(), it))
                .findFirst()
                .orElseThrow(
                        () -> new IOException("its cosignature is not by " + key.fingerprint()));
    }

    private record Answer(int status, String body) {}

    private Answer send(SignedCheckpoint checkpoint, ConsistencyProof proof)
            throws IOException, InterruptedException {
        var body = WitnessRequest.of(proof, checkpoint).format();
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var content = response.body()) {
            return new Answer(
                    response.statusCode(), new String(content.readNBytes(MOST_BYTES), UTF_8));
        }
    }

    private synchronized void well() {
        if (complaint != null) {
            LOG.info("the witness {} cosigns again", name);
        }
        complaint = null;
        rest = Duration.ZERO;
    }

    /// Each failure doubles the rest, from a second on.
    private synchronized void ill(Exception cause) {
        var why =
                cause instanceof CompletionException && cause.getCause() != null
                        ? cause.getCause().toString()
                        : String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
        if (complaint == null) {
            LOG.warn("the witness {} at {} does not cosign: {}", name, url, why);
        }
        complaint = why;
        var doubled = rest.isZero() ? Duration.ofSeconds(1) : rest.multipliedBy(2);
        rest = doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
        restedAt = System.nanoTime() + rest.toNanos();
    }
}
