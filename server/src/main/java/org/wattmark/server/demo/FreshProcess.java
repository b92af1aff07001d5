package org.wattmark.server.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs `wattmark verify` in a process of its own, which knows nothing of the server.
final class FreshProcess {

    private FreshProcess() {}

    /// @return the exit code of `verify`: 0 if the certificate is authentic
    static int verify(Path certificate, Path trust, Consumer<String> says) throws IOException {
        says.accept("$ wattmark verify " + certificate + " --trust " + trust);
        var command = new ArrayList<>(List.of(javaBinary(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(program());
        command.addAll(List.of("verify", certificate.toString(), "--trust", trust.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(says);
        }
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            return 1;
        }
    }

    private static String javaBinary() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// The jar that this process runs, or its class path where it runs from classes.
    private static List<String> program() {
        var classPath = System.getProperty("java.class.path");
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
                ? List.of("-jar", classPath)
                : List.of("-cp", classPath, "org.wattmark.server.Wattmark");
    }
}
