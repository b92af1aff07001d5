package org.wattmark.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A bug that is planted into the source of a plain module, to see whether a simulation finds it.
/// The product has no switch for it: the source is changed in memory, compiled and loaded apart.
///
/// @param source below the root of the checkout
/// @param find stands there exactly once, so that a plant never rots unnoticed
record Plant(String name, String source, String find, String replacement) {

    /// In a module of ours, by the name of the class.
    static Plant in(String module, String type, String name, String find, String replacement) {
        var source = module + "/src/main/java/org/wattmark/" + module + "/" + type + ".java";
        return new Plant(name, source, find, replacement);
    }

    /// The source with the bug in it.
    String text(Path root) {
        try {
            var text = Files.readString(root.resolve(source));
            int first = text.indexOf(find);
            if (first < 0 || text.indexOf(find, first + 1) >= 0) {
                throw new IllegalStateException(
                        "the plant '%s' has no single place any more: %s has not once: %s"
                                .formatted(name, source, find));
            }
            return text.replace(find, replacement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Such as `org.wattmark.ledger.Ledger`.
    String className() {
        var path = source.substring(source.indexOf("org/"), source.length() - ".java".length());
        return path.replace('/', '.');
    }
}
