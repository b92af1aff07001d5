package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as people read them.
final class Texts {

    private static final int GRAMS_IN_TONNE_PLACES = 6;

    private Texts() {}

    static String plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    /// Tonnes with three decimals, rounded up: no emission is hidden.
    static String tonnes(BigDecimal grams) {
        return grams.movePointLeft(GRAMS_IN_TONNE_PLACES)
                .setScale(3, RoundingMode.CEILING)
                .toPlainString();
    }

    static String tonnes(long grams) {
        return tonnes(BigDecimal.valueOf(grams));
    }

    /// Text for XML and HTML.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
