package org.wattmark.tlog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whom a verifier believes: the logs, the witnesses by name, and how many of these must have
/// cosigned.
///
/// It is read from a file in the format of C2SP `tlog-policy`:
///
/// ```
/// log example.com/log42+38e7ba44+AfX…
/// witness north north.example/w1+da77ade7+BOv…
/// witness south south.example/w1+67f7aea0+BEq…
/// group both all north south
/// quorum both
/// ```
///
/// A `#` begins a line of comment. `quorum none` asks for no witness.
public final class Trust {

    /// Believes nobody: every log is an unknown one.
    public static final Trust NOBODY = new Trust(List.of(), Map.of(), Map.of(), Quorum.Of.NONE);

    private final List<VerifierKey> logs;
    private final Map<String, VerifierKey> witnesses;
    private final Map<String, String> urls;
    private final Quorum quorum;

    Trust(
            List<VerifierKey> logs,
            Map<String, VerifierKey> witnesses,
            Map<String, String> urls,
            Quorum quorum) {
        this.logs = List.copyOf(logs);
        this.witnesses = Map.copyOf(witnesses);
        this.urls = Map.copyOf(urls);
        this.quorum = quorum;
    }

    /// Throws [MalformedException], whose message begins with the number of the line.
    public static Trust parse(String file) {
        return new TrustParser().parse(file);
    }

    /// The file that trusts one log without witnesses, as it is pinned at first use.
    public static String pinning(VerifierKey log) {
        return "log " + log + "\nquorum none\n";
    }

    public List<VerifierKey> logs() {
        return logs;
    }

    public Map<String, VerifierKey> witnesses() {
        return witnesses;
    }

    /// Where the witness of this name is asked for cosignatures, if its line says so.
    public Optional<String> urlOf(String witness) {
        return Optional.ofNullable(urls.get(witness));
    }

    /// Those whose cosignatures the note has, each verified, in the order of their names.
    public List<Cosignature> cosignatures(SignedNote note) {
        return witnesses.values().stream()
                .sorted(Comparator.comparing(VerifierKey::toString))
                .flatMap(key ->
                        note.signatures().stream()
                                .filter(it -> key.verifies(note.text(), it))
                                .limit(1)
                                .map(signature -> Cosignature.of(key, signature)))
                .toList();
    }

    /// The smallest number of witnesses that can be a quorum.
    public int quorum() {
        return quorum.fewest();
    }

    /// Whether so many and such witnesses cosigned.
    public boolean isQuorum(List<Cosignature> cosignatures) {
        var keys = cosignatures.stream().map(Cosignature::witness).toList();
        var names = witnesses.keySet().stream().filter(it -> keys.contains(witnesses.get(it)));
        return quorum.isMetBy(names.collect(Collectors.toUnmodifiableSet()));
    }
}
