package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Readings.Stored;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What every [Readings] does, wherever it keeps them.
public abstract class ReadingsContract {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private Readings readings;
    private DeviceId device;

    /// The readings under test. Devices are new in each test, so what else it holds is no matter.
    protected abstract Readings readings();

    /// Makes a device known where readings need one.
    protected void known(DeviceId device) {}

    @BeforeEach
    void start() {
        readings = readings();
        device = newDevice();
    }

    @Test
    void storesTheRawValueAndCountsNegativesAsNothing() {
        readings.store(device, Channel.GENERATION, List.of(quarter(0, -1), quarter(1, 412)));

        assertThat(all()).containsExactly(quarter(0, -1), quarter(1, 412));
        assertThat(readings.energyIn(device, Channel.GENERATION, quarters(0, 4)))
                .isEqualTo(new Energy(412));
    }

    @Test
    void storingAgainIsADuplicateAndAnotherValueAConflict() {
        readings.store(device, Channel.GENERATION, List.of(quarter(0, 10), quarter(1, 20)));

        var stored =
                readings.store(
                        device,
                        Channel.GENERATION,
                        List.of(quarter(0, 10), quarter(1, 21), quarter(2, 30)));

        assertThat(stored).isEqualTo(new Stored(1, 1, 1));
        assertThat(all()).containsExactly(quarter(0, 10), quarter(1, 20), quarter(2, 30));
    }

    @Test
    void tellsDevicesAndChannelsApart() {
        readings.store(device, Channel.GENERATION, List.of(quarter(0, 10)));
        readings.store(device, Channel.EXPORT, List.of(quarter(0, 7)));
        readings.store(newDevice(), Channel.GENERATION, List.of(quarter(0, 99)));

        assertThat(all()).containsExactly(quarter(0, 10));
    }

    @Test
    void aPeriodHoldsOnlyWholeIntervals() {
        readings.store(
                device,
                Channel.GENERATION,
                List.of(quarter(0, 10), quarter(1, 20), quarter(2, 30)));
        var cut = new Period(START.plusSeconds(900), START.plusSeconds(2 * 900 + 60));

        assertThat(readings.in(device, Channel.GENERATION, cut)).containsExactly(quarter(1, 20));
    }

    @Seeded(worlds = 20)
    void orderRepetitionAndCuttingChangeNothing(RandomGenerator random) {
        var sent = new ArrayList<IntervalReading>();
        for (int i = 0; i < 40; i++) {
            sent.add(quarter(i, random.nextInt(1_000)));
        }
        var another = newDevice();
        readings.store(another, Channel.GENERATION, sent);
        var target = newDevice();
        var shuffled = new ArrayList<>(sent);
        shuffled.addAll(sent.subList(0, random.nextInt(40)));
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        int cut = random.nextInt(shuffled.size());
        readings.store(target, Channel.GENERATION, shuffled.subList(0, cut));
        readings.store(target, Channel.GENERATION, shuffled.subList(cut, shuffled.size()));

        assertThat(readings.in(target, Channel.GENERATION, quarters(0, 40))).isEqualTo(sent);
        assertThat(readings.in(another, Channel.GENERATION, quarters(0, 40))).isEqualTo(sent);
    }

    private List<IntervalReading> all() {
        return readings.in(device, Channel.GENERATION, quarters(0, 96));
    }

    private DeviceId newDevice() {
        var id = new DeviceId(UUID.randomUUID());
        known(id);
        return id;
    }

    private static IntervalReading quarter(int index, long wattHours) {
        return new IntervalReading(quarters(index, index + 1), wattHours);
    }

    private static Period quarters(int from, int to) {
        return new Period(
                START.plus(Duration.ofMinutes(15L * from)),
                START.plus(Duration.ofMinutes(15L * to)));
    }
}
