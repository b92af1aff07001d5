package org.wattmark.tlog;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Cosigns the checkpoints of the logs that it knows, each of which provably extends the one
/// before: C2SP `tlog-witness`.
///
/// It is what keeps a log from showing different histories to different people, so it believes
/// nothing but signatures, proofs and its own memory.
public final class Witness {

    private final SigningKey key;
    private final List<VerifierKey> logs;
    private final Sightings sightings;
    private final InstantSource clock;

    /// What came of a request, in order of precedence: the first that holds is the one reported.
    public sealed interface Answer {

        /// The request is none, or says that its log shrank. HTTP 400.
        record Malformed(String why) implements Answer {}

        /// No log of this origin is known. HTTP 404.
        record UnknownOrigin(String origin) implements Answer {}

        /// No key that is known for the origin signed it, or a signature in a known key's name is
        /// false. HTTP 403.
        record NotSigned(String origin) implements Answer {}

        /// The witness saw a tree of another size last, or another tree of this size. HTTP 409.
        ///
        /// @param seen the size of the tree that it saw last
        record Conflicting(long seen) implements Answer {}

        /// The tree does not extend the one that was seen last, or nothing proves that it does.
        /// HTTP 422.
        record Unproven(Checkpoint seen, Checkpoint submitted) implements Answer {}

        /// HTTP 200.
        record Cosigned(NoteSignature cosignature) implements Answer {

            /// The body of the response.
            public String lines() {
                return cosignature.format();
            }
        }
    }

    /// @param key of one of the types of cosignatures
    /// @param logs keys of logs; a log may have several, each of which bears its origin as a name
    public Witness(
            SigningKey key, List<VerifierKey> logs, Sightings sightings, InstantSource clock) {
        if (!key.verifierKey().type().isCosignature()) {
            throw new IllegalArgumentException("not the key of a witness: " + key);
        }
        this.key = key;
        this.logs = List.copyOf(logs);
        this.sightings = sightings;
        this.clock = clock;
    }

    public VerifierKey verifierKey() {
        return key.verifierKey();
    }

    /// Answers the body of `POST /add-checkpoint`. One request at a time: between the look at what
    /// was seen last and its replacement nothing else may happen.
    public synchronized Answer addCheckpoint(byte[] body) {
        WitnessRequest request;
        try {
            request = WitnessRequest.parse(body);
        } catch (MalformedException e) {
            return new Answer.Malformed(String.valueOf(e.getMessage()));
        }
        return refusal(request).orElseGet(() -> answer(request));
    }

    private Optional<Answer> refusal(WitnessRequest request) {
        var submitted = request.checkpoint().checkpoint();
        var note = request.checkpoint().note();
        var known = logs.stream().filter(it -> it.name().equals(submitted.origin())).toList();
        if (known.isEmpty()) {
            return Optional.of(new Answer.UnknownOrigin(submitted.origin()));
        }
        var claimed =
                note.signatures().stream()
                        .filter(it -> known.stream().anyMatch(log -> log.claims(it)))
                        .toList();
        if (claimed.isEmpty()
                || !claimed.stream()
                        .allMatch(it ->
                                known.stream().anyMatch(log -> log.verifies(note.text(), it)))) {
            return Optional.of(new Answer.NotSigned(submitted.origin()));
        }
        return request.oldSize() > submitted.size()
                ? Optional.of(new Answer.Malformed("the old size is above the checkpoint's"))
                : Optional.empty();
    }

    private Answer answer(WitnessRequest request) {
        var submitted = request.checkpoint().checkpoint();
        var latest = sightings.latest(submitted.origin());
        var seen = latest.orElse(new Checkpoint(submitted.origin(), 0, Merkle.EMPTY_ROOT));
        if (request.oldSize() != seen.size()
                || (submitted.size() == seen.size() && !submitted.equals(seen))) {
            return new Answer.Conflicting(seen.size());
        }
        if (!request.proof().verify(seen.root(), submitted.root())) {
            return new Answer.Unproven(seen, submitted);
        }

        // Before the cosignature exists: a crash after this line loses a cosignature, which can be
        // made again, and never the memory of one that somebody may hold.
        if (!sightings.replace(latest, submitted)) {
            throw new IllegalStateException("another witness writes to these sightings");
        }

        return new Answer.Cosigned(key.cosign(request.checkpoint(), clock.instant()));
    }
}
