package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the numbers of one column. `7,250` is seven thousand in London and seven and a quarter in
/// Berlin: the column decides where any of its values can be read in one way only, and else it is
/// asked.
final class BillNumbers {

    /// More digits are of no bill.
    private static final int LONGEST = 30;

    private static final Pattern PLAIN = Pattern.compile("\\d{1,20}");
    private static final Pattern SPACES = Pattern.compile("[ '’\\u00A0\\u202F]");

    /// One to three digits, a mark, three digits: it may be of thousands or of decimals.
    private static final Pattern EITHER = Pattern.compile("[1-9]\\d{0,2}[.,]\\d{3}");

    private static final Pattern POINT =
            Pattern.compile("\\d{1,3}(,\\d{3})+\\.\\d+|\\d{1,3}(,\\d{3}){2,}|\\d+\\.\\d+");
    private static final Pattern COMMA =
            Pattern.compile("\\d{1,3}(\\.\\d{3})+,\\d+|\\d{1,3}(\\.\\d{3}){2,}|\\d+,\\d+");

    /// Which mark stands before decimals.
    enum Mark {
        POINT,
        COMMA
    }

    private long points;
    private long commas;
    private final @Nullable Mark stated;

    /// @param stated what the sender says, if anything
    BillNumbers(@Nullable Mark stated) {
        this.stated = stated;
    }

    /// A value of the column, before any is read.
    void see(String text) {
        var number = bare(text);
        if (PLAIN.matcher(number).matches() || EITHER.matcher(number).matches()) {
            return;
        }
        if (POINT.matcher(number).matches()) {
            points++;
        } else if (COMMA.matcher(number).matches()) {
            commas++;
        }
    }

    private static String bare(String text) {
        var number = SPACES.matcher(text.strip()).replaceAll("");
        return number.startsWith("-") || number.startsWith("+") ? number.substring(1) : number;
    }

    /// The mark that holds for the column, if it is known.
    Optional<Mark> mark() {
        if (stated != null) {
            return Optional.of(stated);
        }
        if (points > 0 && commas == 0) {
            return Optional.of(Mark.POINT);
        }
        return commas > 0 && points == 0 ? Optional.of(Mark.COMMA) : Optional.empty();
    }

    /// A number, or what is wrong with it.
    record Read(@Nullable BigDecimal number, String remedy) {}

    Read read(String text) {
        if (text.length() > LONGEST) {
            return new Read(null, "is longer than " + LONGEST + " characters");
        }
        var number = SPACES.matcher(text.strip()).replaceAll("");
        if (number.startsWith("-")) {
            return new Read(
                    null,
                    "is negative, and a quantity is 0 or more: a credit note is a correction of the"
                            + " bill that it is for");
        }
        number = bare(number);
        if (PLAIN.matcher(number).matches()) {
            return new Read(new BigDecimal(number), "");
        }
        boolean isPoint = POINT.matcher(number).matches() || EITHER.matcher(number).matches();
        boolean isComma = COMMA.matcher(number).matches() || EITHER.matcher(number).matches();
        if (!isPoint && !isComma) {
            return new Read(null, "is no number: write one such as 7250.5");
        }
        var mark = mark();
        if (mark.isEmpty()) {
            return new Read(null, asked(number));
        }
        return mark.get() == Mark.POINT ? withPoint(number) : withComma(number);
    }

    private String asked(String number) {
        if (points > 0 && commas > 0) {
            return "may be meant in two ways, and the column has both decimal points and decimal"
                    + " commas: say decimal=POINT or decimal=COMMA";
        }
        var digits = number.replace(",", "").replace(".", "");
        var decimal = number.replace(',', '.');
        return "is " + digits + " or " + decimal + ": say decimal=POINT or decimal=COMMA";
    }

    private static Read withPoint(String number) {
        if (number.matches("\\d{1,3}(,\\d{3})+(\\.\\d*)?|\\d+\\.\\d+")) {
            return new Read(new BigDecimal(number.replace(",", "")), "");
        }
        return new Read(null, "has a decimal comma where the other values have decimal points");
    }

    private static Read withComma(String number) {
        if (number.matches("\\d{1,3}(\\.\\d{3})+(,\\d*)?|\\d+,\\d+")) {
            return new Read(new BigDecimal(number.replace(".", "").replace(',', '.')), "");
        }
        return new Read(null, "has a decimal point where the other values have decimal commas");
    }
}
