package org.wattmark.emissions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Stream;

/// A table that ships with Wattmark: columns between tabs, a heading, no quoting.
final class TsvFile {

    private TsvFile() {}

    /// The rows below a heading that must be this one.
    static Stream<String[]> rows(String file, String... heading) {
        var lines =
                new String(FactorTable.bytes(file), UTF_8)
                        .lines()
                        .map(line -> line.split("\t", -1))
                        .toList();
        if (!Arrays.equals(lines.getFirst(), heading)) {
            throw new IllegalStateException(
                    file + " is headed " + Arrays.toString(lines.getFirst()));
        }
        for (var row : lines) {
            if (row.length != heading.length) {
                throw new IllegalStateException(
                        file + ": not " + heading.length + " columns: " + Arrays.toString(row));
            }
        }
        return lines.stream().skip(1);
    }
}
