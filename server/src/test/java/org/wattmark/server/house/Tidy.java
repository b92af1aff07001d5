package org.wattmark.server.house;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What may be wrong with a text, whatever it says. One fault is one sentence that names the place.
final class Tidy {

    private static final int LONGEST_METHOD = 70;
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_LINE = 100;

    /// An import, or a key, hash or signature that stands whole.
    private static final Pattern UNBREAKABLE = Pattern.compile("^import |[\\w+/=]{40}");

    /// The brackets keep these patterns from finding themselves.
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}])/(work|roo[t]|home|Users|mnt)/[\\w.]");

    private static final Map<Pattern, String> FORBIDDEN =
            Map.of(
                    Pattern.compile("\\bTO[D]O\\b|\\bFIXM[E]\\b"),
                    "leaves something undone",
                    Pattern.compile("@Disable[d]|\\bassum(eTru[e]|eFals[e]|ingTha[t])\\("),
                    "skips a test",
                    Pattern.compile("Thread\\.slee[p]|TimeUnit\\.\\w+\\.slee[p]"),
                    "sleeps",
                    MACHINE_PATH,
                    "names a folder of one machine");

    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__[a-z0-9_]+\\.sql");

    private static final Pattern MARKED = Pattern.compile("(?m)^@NullMarked$");

    private Tidy() {}

    static List<String> faults(Source source) {
        var faults = new ArrayList<String>();
        var lines = source.lines();
        if (lines.size() > LONGEST_FILE) {
            faults.add("%s: the file has %d lines".formatted(source.path(), lines.size()));
        }
        for (int i = 0; i < lines.size(); i++) {
            faultOf(lines.get(i), "%s: line %d ".formatted(source.path(), i + 1), faults);
        }
        Methods.of(source).stream()
                .filter(method -> method.lines() > LONGEST_METHOD)
                .forEach(method ->
                        faults.add(
                                "%s: line %d: the method has %d lines"
                                        .formatted(
                                                source.path(),
                                                method.firstLine(),
                                                method.lines())));
        return faults;
    }

    private static void faultOf(String line, String place, List<String> faults) {
        if (line.length() > LONGEST_LINE && !UNBREAKABLE.matcher(line).find()) {
            faults.add(place + "has " + line.length() + " characters");
        }
        FORBIDDEN.forEach((pattern, fault) -> {
            if (pattern.matcher(line).find()) {
                faults.add(place + fault);
            }
        });
    }

    static List<String> machinePaths(Source source) {
        return source.lines().stream()
                .filter(line -> MACHINE_PATH.matcher(line).find())
                .map(line -> source.path() + ": " + line)
                .toList();
    }

    /// @param sources all files of one package
    static Optional<String> packageFault(List<Source> sources) {
        var folder = sources.getFirst().packageFolder();
        return sources.stream()
                .filter(Source::isPackageInfo)
                .findAny()
                .map(info ->
                        Stream.of(
                                        info.text().startsWith("/// ") ? "" : "a sentence",
                                        MARKED.matcher(info.text()).find() ? "" : "@NullMarked")
                                .filter(missing -> !missing.isEmpty())
                                .findFirst())
                .orElse(Optional.of("package-info.java"))
                .map(missing -> folder + " lacks " + missing);
    }

    static List<String> migrationFaults(List<String> names) {
        var faults = new ArrayList<String>();
        names.stream()
                .filter(name -> !MIGRATION.matcher(name).matches())
                .forEach(name -> faults.add(name + " is no name"));
        names.stream()
                .map(MIGRATION::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .collect(groupingBy(number -> number, TreeMap::new, counting()))
                .forEach((number, times) -> {
                    if (times > 1) {
                        faults.add("number %d is given %d times".formatted(number, times));
                    }
                });
        return faults;
    }
}
