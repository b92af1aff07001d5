package org.wattmark.emissions;

import org.wattmark.units.Share;

/// How a firm decides which emissions are its own (GHG Protocol Corporate Standard, chapter 3).
public enum Boundary {
    OPERATIONAL_CONTROL,
    FINANCIAL_CONTROL,
    EQUITY_SHARE;

    private static final Share WHOLE = Share.ofPercent(100);

    /// Which share of a site's emissions counts.
    Share of(ReportingSite site) {
        return switch (this) {
            case OPERATIONAL_CONTROL -> site.operated() ? WHOLE : Share.NONE;
            case FINANCIAL_CONTROL -> site.controlled() ? WHOLE : Share.NONE;
            case EQUITY_SHARE -> site.equity();
        };
    }
}
