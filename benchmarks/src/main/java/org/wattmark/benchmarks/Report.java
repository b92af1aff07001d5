package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a run measured, printed as it comes and kept as a page of Markdown.
final class Report {

    private final List<String> lines = new ArrayList<>();
    private ProcessorTime last = ProcessorTime.now();

    void section(String title, String conditions) {
        say("");
        say("## " + title);
        say("");
        say(conditions);
        say("");
        say("| what | rate | latency | ratio to the rival | stolen |");
        say("|---|---|---|---|---|");
    }

    /// The last column is what share of the processors' time since the row before a hypervisor gave
    /// to other guests, idle time included; what was measured had that much less.
    void add(Row row) {
        var now = ProcessorTime.now();
        say(row.markdown() + " " + now.stolenSince(last) + " |");
        last = now;
    }

    void note(String text) {
        say("");
        say(text);
    }

    private void say(String line) {
        lines.add(line);
        System.out.println(line);
    }

    void writeTo(Path file) throws IOException {
        Files.write(file, lines);
    }
}
