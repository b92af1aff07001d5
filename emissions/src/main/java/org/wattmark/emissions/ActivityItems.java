package org.wattmark.emissions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What bills may be for, by code and by the names that people use. Beside our own words, every
/// path of the UK factors is an item: `Waste disposal/Construction/Soils/Landfill`.
public final class ActivityItems {

    private final Map<String, ActivityItem> byCode = new TreeMap<>();
    private final Map<String, ActivityItem> byName = new HashMap<>();
    private final Map<String, ActivityItem> byPath = new TreeMap<>();

    private ActivityItems() {}

    /// The items that ship with Wattmark.
    public static ActivityItems shipped(ActivityFactors factors) {
        var items = new ActivityItems();
        TsvFile.rows(
                        "activity-items.tsv",
                        "code",
                        "kind",
                        "category",
                        "name",
                        "aliases",
                        "desnz",
                        "epa",
                        "upstream",
                        "biogenic",
                        "energy")
                .map(ActivityItems::item)
                .forEach(items::add);
        factors.paths().forEach(items::addPath);
        return items;
    }

    private static ActivityItem item(String[] row) {
        return new ActivityItem(
                row[0],
                ActivityKind.valueOf(row[1]),
                Category.valueOf(row[2]),
                row[3],
                list(row[4]),
                some(row[5]),
                some(row[6]),
                list(row[7]),
                some(row[8]),
                some(row[9]));
    }

    private static List<String> list(String cell) {
        return cell.isEmpty() ? List.of() : Arrays.asList(cell.split("\\|"));
    }

    private static Optional<String> some(String cell) {
        return Optional.of(cell).filter(each -> !each.isEmpty());
    }

    private void add(ActivityItem item) {
        if (byCode.put(item.code(), item) != null) {
            throw new IllegalStateException("an item stands twice: " + item.code());
        }
        for (var name : names(item).toList()) {
            var other = byName.put(name, item);
            if (other != null && !other.equals(item)) {
                throw new IllegalStateException(name + " names " + other + " and " + item);
            }
        }
    }

    private static Stream<String> names(ActivityItem item) {
        return Stream.concat(
                Stream.of(item.code(), item.name().toLowerCase(Locale.ROOT)),
                item.aliases().stream());
    }

    private void addPath(String path) {
        PathCategory.of(path)
                .ifPresent(place ->
                        byPath.put(
                                path.toLowerCase(Locale.ROOT),
                                new ActivityItem(
                                        path,
                                        place.kind(),
                                        place.category(),
                                        path,
                                        List.of(),
                                        Optional.of(path),
                                        Optional.empty(),
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty())));
    }

    /// By code, by name in any case, or by path.
    public Optional<ActivityItem> find(String text) {
        var name = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        var named = byName.get(name);
        return named != null ? Optional.of(named) : Optional.ofNullable(byPath.get(name));
    }

    /// Those with a name of ours, in order of their codes.
    public List<ActivityItem> all() {
        return List.copyOf(byCode.values());
    }

    /// What may be meant, the shortest names first: all of its words stand in the name, or any.
    public List<ActivityItem> like(String text, int most) {
        var words = text.strip().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
        var found = new ArrayList<>(having(words, true, most));
        if (found.isEmpty()) {
            found.addAll(having(words, false, most));
        }
        return List.copyOf(found);
    }

    private List<ActivityItem> having(String[] words, boolean all, int most) {
        return Stream.concat(byCode.values().stream(), byPath.values().stream())
                .filter(item -> {
                    var names = String.join(" ", names(item).toList());
                    var each = Arrays.stream(words).filter(word -> word.length() > 1).toList();
                    return !each.isEmpty()
                            && (all
                                    ? each.stream().allMatch(names::contains)
                                    : each.stream().anyMatch(names::contains));
                })
                .sorted(Comparator.comparingInt(item -> item.code().length()))
                .limit(most)
                .toList();
    }
}
