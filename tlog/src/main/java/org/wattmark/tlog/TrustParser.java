package org.wattmark.tlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads one trust file, top to bottom: a name must be defined above the line that uses it.
final class TrustParser {

    private static final String NONE = "none";

    private final List<VerifierKey> logs = new ArrayList<>();
    private final Map<String, VerifierKey> witnesses = new HashMap<>();
    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, Quorum> named = new HashMap<>();
    private final Set<String> grouped = new HashSet<>();
    private Optional<Quorum> quorum = Optional.empty();

    Trust parse(String file) {
        int number = 0;
        for (var line : file.split("\n", -1)) {
            number++;
            try {
                parseLine(line);
            } catch (MalformedException e) {
                throw new MalformedException("line " + number + ": " + e.getMessage(), e);
            }
        }
        int lines = number;
        return new Trust(
                logs,
                witnesses,
                urls,
                quorum.orElseThrow(
                        () -> new MalformedException("line " + lines + ": no quorum line")));
    }

    private void parseLine(String line) {
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new MalformedException("a control character");
        }
        var words = List.of(line.replaceAll("^[ \t]+", "").split("[ \t]+"));
        var arguments = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "log" -> log(arguments);
            case "witness" -> witness(arguments);
            case "group" -> group(arguments);
            case "quorum" -> quorum(arguments);
            case String word when word.isEmpty() || word.startsWith("#") -> {}
            case String word -> throw new MalformedException("unknown word: " + word);
        }
    }

    /// `log <vkey> [<url>]`
    private void log(List<String> arguments) {
        requireCount(arguments, 1, 2);
        var key = key(arguments.getFirst(), it -> !it.isCosignature(), "a log");
        if (logs.stream().anyMatch(key::isSameKey)) {
            throw new MalformedException("the log's key stands above already");
        }
        logs.add(key);
    }

    /// `witness <name> <vkey> [<url>]`
    private void witness(List<String> arguments) {
        requireCount(arguments, 2, 3);
        var key = key(arguments.get(1), SignatureType::isCosignature, "a witness");
        if (witnesses.values().stream().anyMatch(key::isSameKey)) {
            throw new MalformedException("the witness's key stands above already");
        }
        define(arguments.getFirst(), new Quorum.One(arguments.getFirst()));
        witnesses.put(arguments.getFirst(), key);
        if (arguments.size() > 2) {
            urls.put(arguments.getFirst(), arguments.get(2));
        }
    }

    /// `group <name> (all|any|<k>) <name>...`
    private void group(List<String> arguments) {
        requireCount(arguments, 3, Integer.MAX_VALUE);
        var members = arguments.subList(2, arguments.size());
        for (var member : members) {
            if (!grouped.add(member)) {
                throw new MalformedException("in a group already: " + member);
            }
        }
        var group =
                new Quorum.Of(
                        threshold(arguments.get(1), members.size()),
                        members.stream().map(this::defined).toList());
        define(arguments.getFirst(), group);
    }

    private static int threshold(String word, int members) {
        long threshold =
                switch (word) {
                    case "all" -> members;
                    case "any" -> 1;
                    default -> Strict.decimal(word);
                };
        if (threshold < 1 || threshold > members) {
            throw new MalformedException("a group of " + members + " never has " + word);
        }
        return (int) threshold;
    }

    /// `quorum (none|<name>)`
    private void quorum(List<String> arguments) {
        requireCount(arguments, 1, 1);
        if (quorum.isPresent()) {
            throw new MalformedException("a second quorum line");
        }
        var name = arguments.getFirst();
        quorum = Optional.of(name.equals(NONE) ? Quorum.Of.NONE : defined(name));
    }

    private Quorum defined(String name) {
        return Optional.ofNullable(named.get(name))
                .orElseThrow(() -> new MalformedException("not defined above: " + name));
    }

    private void define(String name, Quorum meaning) {
        if (name.equals(NONE) || named.putIfAbsent(name, meaning) != null) {
            throw new MalformedException("the name is taken: " + name);
        }
    }

    private static VerifierKey key(String vkey, Predicate<SignatureType> fits, String whose) {
        var key = VerifierKey.parse(vkey);
        if (!fits.test(key.type())) {
            throw new MalformedException("a key of type " + key.type() + " is not of " + whose);
        }
        return key;
    }

    private static void requireCount(List<String> arguments, int fewest, int most) {
        if (arguments.size() < fewest || arguments.size() > most) {
            throw new MalformedException("too few or too many words");
        }
    }
}
