package org.wattmark.rewards;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;

/// What a programme pays from some civil day on, until its next version begins.
///
/// @param from the civil day of each device's own site
/// @param dailyCap so much of a device's energy is rewarded on one civil day
/// @param base the rate of the first epoch and of scaling 1
/// @param earlyDevices so many devices, in the order in which they joined, are early ones
/// @param earlyBasisPoints what an early device's rate is multiplied by; 15,000 is 1.5
/// @param referenceDevice the n-th device to join, whose inverse scaling is 1: the device before it
///   at half its rank has 2, the one at twice its rank 0.5
/// @param payoutThresholdMicros an owner is paid when so many micro-units are free
/// @param lowestTier readings of devices below it are not rewarded; never T0, which nobody but the
///   owner attests
public record Terms(
        LocalDate from,
        Energy dailyCap,
        Share base,
        int earlyDevices,
        int earlyBasisPoints,
        int referenceDevice,
        long payoutThresholdMicros,
        AssuranceTier lowestTier) {

    /// Carbon Smart Meter: "9 kWh/day cap per device".
    public static final Energy STANDARD_CAP = Energy.ofKilowattHours(9);

    /// Carbon Smart Meter: "10–30% of regional electricity price paid in rewards".
    public static final Share LOWEST_RATE = Share.ofPercent(10);

    public static final Share HIGHEST_RATE = Share.ofPercent(30);

    /// Scaling lies between a half and two: bounds of our own, so that nobody who comes late is
    /// shut out and nobody who came early takes all.
    private static final int LEAST_SCALING = 5_000;

    private static final int MOST_SCALING = 20_000;

    private static final int ONE = 10_000;

    /// 2^-20 of any base lies below the lowest rate already.
    private static final long LAST_HALVING = 20;

    public Terms {
        Days.requireCountable(from);
        if (dailyCap.isZero()) {
            throw new IllegalArgumentException("a daily cap is at least 1 Wh");
        }
        if (base.basisPoints() < LOWEST_RATE.basisPoints()
                || base.basisPoints() > HIGHEST_RATE.basisPoints()) {
            throw new IllegalArgumentException("a base rate lies between 10 % and 30 %");
        }
        if (earlyDevices < 0) {
            throw new IllegalArgumentException("early devices are not negative");
        }
        if (earlyBasisPoints < LEAST_SCALING || earlyBasisPoints > MOST_SCALING) {
            throw new IllegalArgumentException("an early multiplier lies between 0.5 and 2");
        }
        if (referenceDevice < 1) {
            throw new IllegalArgumentException("a reference device is the first or a later one");
        }
        if (payoutThresholdMicros < 1) {
            throw new IllegalArgumentException("a payout threshold is at least one micro-unit");
        }
        if (lowestTier == AssuranceTier.T0) {
            throw new IllegalArgumentException("what only its owner attests is not rewarded");
        }
    }

    /// The part of the regional price that a device earns on a civil day: base × halving × scaling,
    /// between 10 % and 30 %, in whole basis points, rounded down.
    ///
    /// @param rank the device is the n-th that joined, from 1
    public Share rate(Programme programme, long rank, LocalDate day) {
        var numerator = BigInteger.valueOf(base.basisPoints());
        var denominator = BigInteger.ONE.shiftLeft(halvings(programme, day));
        var scaling = scaling(rank);
        var basisPoints =
                numerator
                        .multiply(scaling.numerator)
                        .divide(denominator.multiply(scaling.denominator));
        return clamped(basisPoints);
    }

    private static int halvings(Programme programme, LocalDate day) {
        return (int) Math.min(programme.epochOf(day), LAST_HALVING);
    }

    private static Share clamped(BigInteger basisPoints) {
        return new Share(
                basisPoints
                        .max(BigInteger.valueOf(LOWEST_RATE.basisPoints()))
                        .min(BigInteger.valueOf(HIGHEST_RATE.basisPoints()))
                        .intValueExact());
    }

    /// Early multiplier × reference ÷ rank, exact, between 0.5 and 2.
    private Fraction scaling(long rank) {
        if (rank < 1) {
            throw new IllegalArgumentException("the first device has rank 1, not " + rank);
        }
        long early = rank <= earlyDevices ? earlyBasisPoints : ONE;
        var exact =
                new Fraction(
                        BigInteger.valueOf(early).multiply(BigInteger.valueOf(referenceDevice)),
                        BigInteger.valueOf(ONE).multiply(BigInteger.valueOf(rank)));
        var least = Fraction.ofBasisPoints(LEAST_SCALING);
        var most = Fraction.ofBasisPoints(MOST_SCALING);
        if (exact.isLessThan(least)) {
            return least;
        }
        return most.isLessThan(exact) ? most : exact;
    }

    private record Fraction(BigInteger numerator, BigInteger denominator) {

        static Fraction ofBasisPoints(int basisPoints) {
            return new Fraction(BigInteger.valueOf(basisPoints), BigInteger.valueOf(ONE));
        }

        boolean isLessThan(Fraction other) {
            return numerator
                            .multiply(other.denominator)
                            .compareTo(other.numerator.multiply(denominator))
                    < 0;
        }
    }

    Canonical writeTo(Canonical canonical) {
        return canonical
                .number(from.toEpochDay())
                .energy(dailyCap)
                .number(base.basisPoints())
                .number(earlyDevices)
                .number(earlyBasisPoints)
                .number(referenceDevice)
                .number(payoutThresholdMicros)
                .text(lowestTier.name());
    }

    static Terms read(Canonical.Reader reader) throws Canonical.Malformed {
        return new Terms(
                Days.read(reader),
                reader.energy(),
                new Share(Math.toIntExact(reader.number())),
                Math.toIntExact(reader.number()),
                Math.toIntExact(reader.number()),
                Math.toIntExact(reader.number()),
                reader.number(),
                AssuranceTier.valueOf(reader.text()));
    }

    /// One version of a programme's terms.
    ///
    /// @param version counts from 1
    public record Key(UUID programme, int version) {}
}
