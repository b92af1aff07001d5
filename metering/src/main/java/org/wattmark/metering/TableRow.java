package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/// One row of a table of readings, from whatever kind of file.
///
/// @param line of the file or the sheet, the first being 1
public record TableRow(long line, List<Cell> cells) {

    public TableRow {
        cells = List.copyOf(cells);
    }

    /// A row of texts, as CSV has them.
    public static TableRow ofTexts(long line, List<String> texts) {
        return new TableRow(line, texts.stream().map(Cell::text).toList());
    }

    /// An empty text where the row ends before the column.
    public Cell cell(int column) {
        return column < cells.size() ? cells.get(column) : Cell.text("");
    }

    public boolean isBlank() {
        return cells.stream().allMatch(Cell::isBlank);
    }

    /// What stands in one place of the table.
    ///
    /// @param text a number with a point for decimals, a time as ISO 8601 without offset, a text as
    ///   it stands there, or why there is nothing to read
    /// @param merged whether it is one place with its neighbours: a date may be that of several
    ///   rows, a value never is
    public record Cell(Kind kind, String text, boolean merged) {

        public static Cell text(String text) {
            return new Cell(Kind.TEXT, text.strip(), false);
        }

        public static Cell number(BigDecimal number) {
            return new Cell(Kind.NUMBER, number.toPlainString(), false);
        }

        public static Cell time(LocalDateTime time) {
            return new Cell(Kind.TIME, time.toString(), false);
        }

        /// A place that shows something which cannot be read, such as a formula that was never
        /// calculated.
        public static Cell fault(String remedy) {
            return new Cell(Kind.FAULT, remedy, false);
        }

        /// The same in each of the places that are one.
        public Cell asMerged() {
            return new Cell(kind, text, true);
        }

        boolean isBlank() {
            return kind == Kind.TEXT && text.isEmpty();
        }
    }

    /// How a place says what it says.
    public enum Kind {
        TEXT,
        NUMBER,
        TIME,
        FAULT
    }
}
