package org.wattmark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/// Real measured data that lies beside the project and is not part of it.
///
/// The folder is `WATTMARK_DATA`, or `../shared/data` beside the checkout. A test that finds its
/// file absent is skipped loudly; with `WATTMARK_REQUIRE_DATA=true` it fails instead. Either way
/// one line goes to the file named by `WATTMARK_DATA_TALLY`, which `./wattmark test` counts at its
/// end.
public final class ExternalData {

    private ExternalData() {}

    /// The file at this path below the data folder; skips the calling test if there is none.
    public static Path file(String relativePath) {
        var file = folder().resolve(relativePath);
        boolean present = Files.isReadable(file);
        tally(present, relativePath);
        if (!present) {
            var message = "external data absent: " + file.toAbsolutePath().normalize();
            System.err.println(message + " (set WATTMARK_DATA to the folder that holds it)");
            if ("true".equals(System.getenv("WATTMARK_REQUIRE_DATA"))) {
                throw new AssertionError(message);
            }
            Assumptions.abort(message);
        }
        return file;
    }

    private static Path folder() {
        var configured = System.getenv("WATTMARK_DATA");
        if (configured != null) {
            return Path.of(configured);
        }
        // Modules test in their own folder, one below the root of the checkout.
        var root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve("wattmark"))) {
            root = root.getParent();
        }
        return root.resolve("../shared/data");
    }

    private static void tally(boolean present, String relativePath) {
        var tally = System.getenv("WATTMARK_DATA_TALLY");
        if (tally == null) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(tally),
                    (present ? "run " : "absent ") + relativePath + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
