package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.wattmark.units.Period;

/// A simulated panel whose owner cheats in one named way. It is for trying checks out: what it says
/// was never measured, and its device says so.
public final class CheatingPanel implements SimulatedReadings {

    private static final Duration SHIFT = Duration.ofHours(3);

    private static final int DAYS_OF_REPLAY = 7;

    private static final double MOST_NOISE = 0.02;

    private static final long DAYS_OF_INFLATION = 90;

    private final SimulatedPanel honest;
    private final Fraud fraud;
    private final LocalDate since;
    private final SimulatedReadings other;
    private final long otherPeak;

    /// @param since the first day of the fraud: from it weeks of replay and inflation are counted
    /// @param neighbour whose readings [Fraud#COPY] takes; its intervals are as long
    public CheatingPanel(
            SimulatedPanel honest, Fraud fraud, LocalDate since, SimulatedPanel neighbour) {
        if (!neighbour.device().intervalLength().equals(honest.device().intervalLength())) {
            throw new IllegalArgumentException("the neighbour's intervals have another length");
        }
        this.honest = honest;
        this.fraud = fraud;
        this.since = since;
        this.other =
                switch (fraud) {
                    case CLEAR_SKY -> honest.withoutClouds();
                    case WRONG_PLACE -> honest.at(furtherWest(honest.device().site()));
                    default -> neighbour;
                };
        this.otherPeak = neighbour.device().installation().wattsPeak();
    }

    private static Site furtherWest(Site site) {
        var longitude = site.longitude().subtract(BigDecimal.valueOf(45));
        return new Site(
                site.zone(),
                site.latitude(),
                longitude.compareTo(BigDecimal.valueOf(-180)) < 0
                        ? longitude.add(BigDecimal.valueOf(360))
                        : longitude,
                site.altitudeMetres(),
                site.country());
    }

    @Override
    public List<IntervalReading> day(LocalDate date) {
        return switch (fraud) {
            case NIGHT -> night(honest.day(date));
            case OVER_CAPACITY -> byDay(honest.day(date), _ -> ofPeak(2, 1));
            case SCALED -> byDay(honest.day(date), wattHours -> wattHours * 18 / 10);
            case REPLAY -> replayed(date);
            case REPLAY_NOISE -> noisy(date);
            case FLAT -> byDay(honest.day(date), _ -> ofPeak(2, 5));
            case ROUND -> byDay(honest.day(date), this::rounded);
            case CLEAR_SKY, WRONG_PLACE -> other.day(date);
            case CLOCK_SHIFT -> shifted(date);
            case COPY -> byDay(other.day(date), wattHours -> wattHours * ownPeak() / otherPeak);
            case INFLATION -> byDay(honest.day(date), wattHours -> inflated(wattHours, date));
        };
    }

    private List<IntervalReading> night(List<IntervalReading> readings) {
        var bound = new SolarBound(honest.device());
        return readings.stream()
                .map(each ->
                        bound.of(each.interval()).night()
                                ? new IntervalReading(each.interval(), ofPeak(1, 3))
                                : each)
                .toList();
    }

    private static List<IntervalReading> byDay(
            List<IntervalReading> readings, LongUnaryOperator change) {
        return readings.stream()
                .map(each ->
                        each.rawWattHours() > 0
                                ? new IntervalReading(
                                        each.interval(), change.applyAsLong(each.rawWattHours()))
                                : each)
                .toList();
    }

    private long ownPeak() {
        return honest.device().installation().wattsPeak();
    }

    /// So many times a part of peak power over one interval, in Wh and rounded down.
    private long ofPeak(int times, int parts) {
        long seconds = honest.device().intervalLength().toSeconds();
        return ownPeak() * seconds * times / parts / 3_600;
    }

    private long rounded(long wattHours) {
        long step = Math.max(1, ofPeak(1, 20));
        return Math.ceilDiv(wattHours, step) * step;
    }

    private long inflated(long wattHours, LocalDate date) {
        long days = Math.clamp(ChronoUnit.DAYS.between(since, date), 0, DAYS_OF_INFLATION);
        return wattHours + wattHours * days / (4 * DAYS_OF_INFLATION);
    }

    private List<IntervalReading> replayed(LocalDate date) {
        long age = Math.floorMod(ChronoUnit.DAYS.between(since, date), DAYS_OF_REPLAY);
        var later = Duration.ofDays(age);
        return honest.day(date.minusDays(age)).stream()
                .map(each ->
                        new IntervalReading(moved(each.interval(), later), each.rawWattHours()))
                .toList();
    }

    private List<IntervalReading> noisy(LocalDate date) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(ownPeak() * 1_000_003 + date.toEpochDay());
        return byDay(
                replayed(date),
                wattHours ->
                        Math.round(wattHours * (1 + random.nextDouble(-MOST_NOISE, MOST_NOISE))));
    }

    private List<IntervalReading> shifted(LocalDate date) {
        var length = honest.device().intervalLength();
        int ahead = (int) Math.max(1, SHIFT.dividedBy(length));
        var readings = honest.day(date);
        var both = new ArrayList<>(readings);
        both.addAll(honest.day(date.plusDays(1)));
        var shifted = new ArrayList<IntervalReading>();
        for (int i = 0; i < readings.size(); i++) {
            shifted.add(
                    new IntervalReading(
                            readings.get(i).interval(), both.get(i + ahead).rawWattHours()));
        }
        return shifted;
    }

    private static Period moved(Period interval, Duration later) {
        return new Period(interval.start().plus(later), interval.end().plus(later));
    }
}
