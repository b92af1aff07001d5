package org.wattmark.metering;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the rows of a CSV file, whatever is in them. A row ends with its line: a quote that is not
/// closed spoils its own line and no other.
public final class CsvTable {

    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
    private static final String SEPARATORS = ",;\t|";

    /// What programs write that know nothing of Unicode.
    private static final Charset LATIN = Charset.forName("windows-1252");

    private CsvTable() {}

    /// @param separator between columns; empty for the one that is most frequent in the first line
    public static ReadingTable.Rows read(InputStream file, Optional<Character> separator)
            throws IOException {
        var content = file.readNBytes(ReadingsFile.MAX_BYTES + 1);
        if (content.length > ReadingsFile.MAX_BYTES) {
            return new ReadingTable.Rows(
                    List.of(),
                    Optional.of(
                            "the file is larger than "
                                    + ReadingsFile.MAX_BYTES
                                    + " bytes: cut it in parts"));
        }
        return rows(text(content), separator);
    }

    private static ReadingTable.Rows rows(String content, Optional<Character> separator) {
        var lines = LINE_END.splitAsStream(content).iterator();
        var rows = new ArrayList<TableRow>();
        char between = separator.orElse('\0');
        for (long line = 1; lines.hasNext(); line++) {
            var text = lines.next();
            if (line > ReadingsFile.MAX_ROWS + 1L) {
                return new ReadingTable.Rows(rows, Optional.of(ReadingTable.tooManyRows()));
            }
            if (between == '\0' && !text.isBlank()) {
                between = mostFrequent(text);
            }
            rows.add(row(line, text, between));
        }
        return new ReadingTable.Rows(rows, Optional.empty());
    }

    private static TableRow row(long line, String text, char separator) {
        if (text.length() > ReadingsFile.MAX_LINE_CHARACTERS) {
            return new TableRow(
                    line,
                    List.of(
                            TableRow.Cell.fault(
                                    "longer than "
                                            + ReadingsFile.MAX_LINE_CHARACTERS
                                            + " characters")));
        }
        return TableRow.ofTexts(line, ReadingColumns.split(text, separator));
    }

    private static char mostFrequent(String line) {
        char best = ',';
        for (int i = 0; i < SEPARATORS.length(); i++) {
            char each = SEPARATORS.charAt(i);
            if (count(line, each) > count(line, best)) {
                best = each;
            }
        }
        return best;
    }

    private static long count(String line, char separator) {
        return line.chars().filter(each -> each == separator).count();
    }

    /// By its byte order mark, or UTF-8, or what Windows wrote before it.
    private static String text(byte[] content) {
        if (startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF)) {
            return new String(content, StandardCharsets.UTF_16);
        }
        int mark = startsWith(content, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        var bytes = ByteBuffer.wrap(content, mark, content.length - mark);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return new String(content, LATIN);
        }
    }

    private static boolean startsWith(byte[] content, int... mark) {
        if (content.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((content[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
