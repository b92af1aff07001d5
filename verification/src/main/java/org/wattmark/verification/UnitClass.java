package org.wattmark.verification;

/// Whether what is issued counts. TEST units come of simulated devices and of demo policies; they
/// are assets of their own, bear a watermark, and live accounts refuse them.
public enum UnitClass {
    LIVE,
    TEST
}
