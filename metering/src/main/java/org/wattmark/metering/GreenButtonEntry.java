package org.wattmark.metering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One Atom entry of a Green Button file: its links, and the ESPI objects in its content.
///
/// @param self its own address; empty if it says none
/// @param up the address of the collection that it stands in
/// @param related addresses of what it belongs to, or of what belongs to it
record GreenButtonEntry(
        String self, String up, List<String> related, String title, List<XmlElement> objects) {

    private static final Pattern SERVER = Pattern.compile("^[a-zA-Z][a-zA-Z+.-]*://[^/]*");
    private static final Pattern SLASHES = Pattern.compile("^/+|/+$");

    static GreenButtonEntry of(XmlElement entry, String espi) {
        var related = new ArrayList<String>();
        var self = "";
        var up = "";
        for (var link : entry.all("link").toList()) {
            var address = address(link.attribute("href"));
            switch (link.attribute("rel")) {
                case "self" -> self = address;
                case "up" -> up = address;
                case "related" -> related.add(address);
                default -> {} // such as `alternate`: it ties nothing
            }
        }
        var objects =
                entry.all("content")
                        .flatMap(content -> content.children().stream())
                        .filter(each -> each.namespace().equals(espi))
                        .toList();
        return new GreenButtonEntry(self, up, related, entry.textOf("title").orElse(""), objects);
    }

    /// One file may give one address with its server and without.
    private static String address(String href) {
        return SLASHES.matcher(SERVER.matcher(href.strip()).replaceFirst("")).replaceAll("");
    }

    /// Entries of one kind, to be found by the links of others.
    static final class Index {

        private final List<GreenButtonEntry> all = new ArrayList<>();
        private final Map<String, GreenButtonEntry> bySelf = new HashMap<>();
        private final Map<String, GreenButtonEntry> byRelated = new HashMap<>();

        void add(GreenButtonEntry entry) {
            all.add(entry);
            bySelf.putIfAbsent(entry.self, entry);
            entry.related.forEach(address -> byRelated.putIfAbsent(address, entry));
        }

        List<GreenButtonEntry> all() {
            return all;
        }

        /// The entry that this one belongs to: they name each other, or each other's collection, or
        /// this one's address lies below the other's. Where there is only one that it could belong
        /// to, it needs no link. The order of entries never decides.
        Optional<GreenButtonEntry> ownerOf(GreenButtonEntry entry) {
            return named(byRelated, entry.self)
                    .or(() -> firstNamed(entry))
                    .or(() -> named(byRelated, entry.up))
                    .or(() -> above(entry.self))
                    .or(() -> above(entry.up))
                    .or(this::theOnly);
        }

        private Optional<GreenButtonEntry> firstNamed(GreenButtonEntry entry) {
            return entry.related.stream()
                    .flatMap(address -> named(bySelf, address).stream())
                    .findFirst();
        }

        private Optional<GreenButtonEntry> above(String address) {
            for (int end = address.length(); end > 0; end = address.lastIndexOf('/', end - 1)) {
                var found = named(bySelf, address.substring(0, end));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private Optional<GreenButtonEntry> theOnly() {
            return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
        }

        /// The entry that this one uses and may share with others, such as a reading type.
        Optional<GreenButtonEntry> usedBy(GreenButtonEntry entry) {
            return firstNamed(entry).or(() -> named(byRelated, entry.self));
        }

        private static Optional<GreenButtonEntry> named(
                Map<String, GreenButtonEntry> entries, String address) {
            return address.isEmpty() ? Optional.empty() : Optional.ofNullable(entries.get(address));
        }
    }
}
