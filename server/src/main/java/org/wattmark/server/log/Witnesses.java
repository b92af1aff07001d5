package org.wattmark.server.log;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.wattmark.tlog.ConsistencyProof;
import org.wattmark.tlog.Cosigners;
import org.wattmark.tlog.NoteSignature;
import org.wattmark.tlog.SignedCheckpoint;

/// The witnesses of this log. They are asked between signing and publishing, all at once, so that
/// what is published bears their cosignatures; but nobody waits for one that failed before, and for
/// the others not long.
final class Witnesses implements Cosigners {

    static final Witnesses NONE = new Witnesses(List.of());

    /// Once: a witness that takes longer is not waited for again until it has answered.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<RemoteWitness> witnesses;

    Witnesses(List<RemoteWitness> witnesses) {
        this.witnesses = List.copyOf(witnesses);
    }

    @Override
    public List<NoteSignature> cosign(
            SignedCheckpoint signed, LongFunction<ConsistencyProof> since) {
        var asked =
                witnesses.stream()
                        .filter(witness -> !hasSigned(witness, signed))
                        .map(witness ->
                                new Asked(
                                        witness.complaint().isEmpty(), witness.ask(signed, since)))
                        .toList();
        await(asked.stream().filter(Asked::isWell).map(Asked::answer).toList());
        return asked.stream()
                .map(Asked::answer)
                .filter(CompletableFuture::isDone)
                .flatMap(answer -> answer.join().stream())
                .toList();
    }

    private static boolean hasSigned(RemoteWitness witness, SignedCheckpoint signed) {
        return signed.note().signatures().stream()
                .anyMatch(it -> witness.key().verifies(signed.note().text(), it));
    }

    private record Asked(boolean isWell, CompletableFuture<Optional<NoteSignature>> answer) {}

    private static void await(List<CompletableFuture<Optional<NoteSignature>>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // they stay on their way, and what they answer is added later
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How each is, by its name: `cosigns`, or what is wrong.
    Map<String, String> states() {
        var states = new LinkedHashMap<String, String>();
        witnesses.forEach(it -> states.put(it.name(), it.complaint().orElse("cosigns")));
        return states;
    }
}
