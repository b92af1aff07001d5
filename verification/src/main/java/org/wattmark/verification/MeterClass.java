package org.wattmark.verification;

import org.wattmark.units.Share;

/// Accuracy class of an active-energy meter after IEC 62053-21 (1 and 2) and 62053-22 (0.2 S and
/// 0.5 S). The number is the limit of its error in per cent, and that share is deducted: a meter
/// that reads high within its class then credits nothing that was not generated.
public enum MeterClass {
    CLASS_0_2(20),
    CLASS_0_5(50),
    CLASS_1(100),
    CLASS_2(200);

    private final int basisPoints;

    MeterClass(int basisPoints) {
        this.basisPoints = basisPoints;
    }

    public Share deduction() {
        return new Share(basisPoints);
    }
}
