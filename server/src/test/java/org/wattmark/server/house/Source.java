package org.wattmark.server.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One text file of the house.
///
/// @param path relative to the root
record Source(Path path, String text) {

    static Source read(Path file) {
        try {
            return new Source(House.ROOT.relativize(file), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of its package, the same for what is run and for its tests.
    String packageFolder() {
        return String.valueOf(path.getParent()).replace("/src/test/", "/src/main/");
    }

    List<String> lines() {
        return text.lines().toList();
    }

    boolean isPackageInfo() {
        return path.endsWith("package-info.java");
    }
}
