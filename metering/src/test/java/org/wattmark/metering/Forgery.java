package org.wattmark.metering;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wattmark.metering.Sky.Light;

/// Ways to cheat with a day's readings, made from an honest day and a seed: the judges of the
/// detectors. Those that the labelled development file names come first; the others were thought of
/// for this.
enum Forgery {
    REPLAY_EXACT {
        @Override
        double[] made(Case c) {
            return c.anotherDay().watts();
        }
    },
    SCALE_UP {
        @Override
        double[] made(Case c) {
            return c.times(c.between(1.5, 3));
        }
    },
    OVER_CAPACITY {
        @Override
        double[] made(Case c) {
            var watts = c.watts();
            int from = c.noon() - 3 + c.random().nextInt(4);
            Arrays.fill(watts, from, from + 5, c.wattsPeak() * c.between(1.3, 2));
            return watts;
        }
    },
    NIGHT_GENERATION {
        @Override
        double[] made(Case c) {
            double level = c.wattsPeak() * c.between(0.03, 0.4);
            return c.each((i, w) -> c.light(i).elevation() < -8 ? level : w);
        }
    },
    FLATLINE {
        @Override
        double[] made(Case c) {
            var watts = c.watts();
            int from = c.noon() - 9 + c.random().nextInt(10);
            Arrays.fill(watts, from, from + 8, watts[from]);
            return watts;
        }
    },
    ROUND_NUMBERS {
        @Override
        double[] made(Case c) {
            double grid = c.wattsPeak() / 20.0;
            return c.each((_, w) -> grid * Math.rint(w / grid));
        }
    },
    REPLAY_PARTIAL {
        @Override
        double[] made(Case c) {
            var watts = c.watts();
            int from = c.noon() - 8 + c.random().nextInt(8);
            System.arraycopy(c.anotherDay().watts(), from, watts, from, 8);
            return watts;
        }
    },
    REPLAY_NOISE {
        @Override
        double[] made(Case c) {
            double noise = c.between(0.01, 0.03);
            var other = c.anotherDay().watts();
            return c.each((i, _) -> other[i] * (1 + noise * c.random().nextGaussian()));
        }
    },
    REPLAY_SCALED {
        @Override
        double[] made(Case c) {
            double factor = c.between(1.03, 1.3);
            var other = c.anotherDay().watts();
            return c.each((i, _) -> other[i] * factor);
        }
    },
    REPLAY_MOVED {
        @Override
        double[] made(Case c) {
            var other = c.anotherDay().watts();
            int by = 1 + c.random().nextInt(2);
            return c.each((i, _) -> other[Math.max(0, i - by)]);
        }
    },
    COPY_OF_DEVICE {
        @Override
        double[] made(Case c) {
            return c.otherDevice();
        }
    },
    CLOCK_SHIFT {
        @Override
        double[] made(Case c) {
            int by = (2 + c.random().nextInt(9)) * (c.random().nextBoolean() ? 1 : -1);
            return c.moved(by);
        }
    },
    CLEAR_SKY_CURVE {
        @Override
        double[] made(Case c) {
            double share = c.between(0.6, 0.85) * c.wattsPeak() / 1_000;
            return c.each((i, _) -> share * ClearSky.haurwitz(c.light(i).elevation()));
        }
    },
    CLEAR_SKY_CURVE_WITH_NOISE {
        @Override
        double[] made(Case c) {
            double share = c.between(0.6, 0.85) * c.wattsPeak() / 1_000;
            return c.each((i, _) ->
                    share
                            * ClearSky.haurwitz(c.light(i).elevation())
                            * (1 + 0.02 * c.random().nextGaussian()));
        }
    },
    TILTED_CLEAR_SKY_CURVE {
        @Override
        double[] made(Case c) {
            double share = c.between(0.7, 0.85) * c.wattsPeak() / 1_000;
            return c.each((i, _) -> share * c.light(i).on(Sky.Panel.leaning(40, 170)));
        }
    },
    BELL_CURVE {
        @Override
        double[] made(Case c) {
            double top = c.between(0.6, 0.8) * c.wattsPeak();
            double width = c.between(5, 7);
            return c.each((i, _) -> top * Math.exp(-Math.pow((i - c.noon()) / width, 2) / 2));
        }
    },
    INFLATED_BY_A_QUARTER {
        @Override
        double[] made(Case c) {
            return c.times(1.25);
        }
    },
    INFLATED_BY_DAYLIGHT_ONLY {
        @Override
        double[] made(Case c) {
            return c.each((_, w) -> w > 0 ? 1.25 * w : w);
        }
    },
    TIME_REVERSED {
        @Override
        double[] made(Case c) {
            return Repetition.reversed(c.watts());
        }
    },
    SPLICED {
        @Override
        double[] made(Case c) {
            var morning = c.anotherDay().watts();
            var evening = c.anotherDay().watts();
            return c.each((i, _) -> i < c.noon() ? morning[i] : evening[i]);
        }
    },
    BEST_OF_TWO_DAYS {
        @Override
        double[] made(Case c) {
            var other = c.anotherDay().watts();
            return c.each((i, w) -> Math.max(w, other[i]));
        }
    },
    MEAN_OF_TWO_DAYS {
        @Override
        double[] made(Case c) {
            var one = c.anotherDay().watts();
            var other = c.anotherDay().watts();
            return c.each((i, _) -> (one[i] + other[i]) / 2);
        }
    },
    DUPLICATED_HALF_HOURS {
        @Override
        double[] made(Case c) {
            var watts = c.watts();
            return c.each((i, _) -> watts[i - i % 2]);
        }
    },
    FLAT_TOP {
        @Override
        double[] made(Case c) {
            double top = 0.9 * Arrays.stream(c.watts()).max().orElseThrow();
            return c.each((i, w) -> Math.abs(i - c.noon()) <= 5 ? top : Math.min(top, w));
        }
    },
    NOISE_ADDED {
        @Override
        double[] made(Case c) {
            double noise = c.between(0.03, 0.08) * c.wattsPeak();
            return c.each((_, w) -> w > 0 ? Math.max(0, w + noise * c.random().nextGaussian()) : w);
        }
    },
    NOISE_ON_EVERY_NUMBER {
        @Override
        double[] made(Case c) {
            return c.each((_, w) -> w * (1 + 0.1 * c.random().nextGaussian()));
        }
    },
    RANDOM_FACTORS {
        @Override
        double[] made(Case c) {
            return c.each((_, w) -> w * c.between(1, 1.5));
        }
    },
    SMOOTHED {
        @Override
        double[] made(Case c) {
            var w = c.watts();
            return c.each((i, own) ->
                    i < 2 || i > w.length - 3
                            ? own
                            : (w[i - 2] + w[i - 1] + w[i] + w[i + 1] + w[i + 2]) / 5);
        }
    },
    INTERPOLATED {
        @Override
        double[] made(Case c) {
            var w = c.watts();
            return c.each((i, own) -> {
                int left = i - i % 4;
                double share = i % 4 / 4.0;
                return left + 4 >= w.length ? own : w[left] + share * (w[left + 4] - w[left]);
            });
        }
    },
    DIGITS_MADE_UP {
        @Override
        double[] made(Case c) {
            // A person who invents numbers ends many of them alike.
            return c.each((_, w) -> w < 10 ? w : Math.rint(w / 10) * 10 + (c.maybe(0.8) ? 7 : 3));
        }
    },
    WHOLE_TENS {
        @Override
        double[] made(Case c) {
            return c.each((_, w) -> 10 * Math.rint(w / 10));
        }
    },
    CLOUDS_FILLED {
        @Override
        double[] made(Case c) {
            return c.each((i, w) ->
                    Math.max(
                            w,
                            0.75
                                    * c.wattsPeak()
                                    / 1_000
                                    * c.light(i).on(Sky.Panel.leaning(45, 158))
                                    * c.between(0.95, 1)));
        }
    },
    MIDDAY_BOOSTED {
        @Override
        double[] made(Case c) {
            double factor = c.between(1.3, 1.6);
            return c.each((i, w) -> Math.abs(i - c.noon()) <= 4 ? factor * w : w);
        }
    },
    DAY_STRETCHED {
        @Override
        double[] made(Case c) {
            double stretch = c.between(1.15, 1.3);
            var w = c.watts();
            return c.each((i, _) -> {
                double from = c.noon() + (i - c.noon()) / stretch;
                int left = (int) from;
                return w[left] + (from - left) * (w[left + 1] - w[left]);
            });
        }
    },
    CONSTANT_ADDED {
        @Override
        double[] made(Case c) {
            double more = c.between(0.05, 0.15) * c.wattsPeak();
            return c.each((_, w) -> w > 0 ? w + more : w);
        }
    },
    CONSTANT_ADDED_ALWAYS {
        @Override
        double[] made(Case c) {
            double more = c.between(0.005, 0.05) * c.wattsPeak();
            return c.each((_, w) -> w + more);
        }
    },
    SHUFFLED {
        @Override
        double[] made(Case c) {
            var watts = c.watts();
            for (int i = c.noon() + 7; i > c.noon() - 7; i--) {
                int other = c.noon() - 7 + c.random().nextInt(i - c.noon() + 8);
                double kept = watts[i];
                watts[i] = watts[other];
                watts[other] = kept;
            }
            return watts;
        }
    },
    ANOTHER_SEASON {
        @Override
        double[] made(Case c) {
            double noise = 0.02;
            var other = c.farDay().watts();
            return c.each((i, _) -> other[i] * (1 + noise * c.random().nextGaussian()));
        }
    },
    TWO_DEVICES_IN_ONE {
        @Override
        double[] made(Case c) {
            var other = c.otherDevice();
            return c.each((i, w) -> w + 0.5 * other[i]);
        }
    };

    abstract double[] made(Case c);

    interface Each {
        double of(int interval, double watts);
    }

    /// @param day the honest day that the cheat begins with
    /// @param days other honest days of the device
    /// @param others days of another device
    record Case(
            DeviceDay day,
            List<DeviceDay> days,
            List<DeviceDay> others,
            Sky sky,
            long wattsPeak,
            RandomGenerator random) {

        DeviceDay of(Forgery fraud) {
            var made = fraud.made(this);
            double grid = Math.max(0.1, Digits.grid(Digits.above(days, 0.02 * wattsPeak)));
            for (int i = 0; i < made.length; i++) {
                // As the meter would say it: a forger knows how finely it counts.
                made[i] = Math.rint(Math.rint(made[i] / grid) * grid * 10) / 10;
            }
            return day.with(made);
        }

        double[] watts() {
            return day.watts();
        }

        Light light(int i) {
            return sky.over(day)[i];
        }

        /// The interval with the highest sun.
        int noon() {
            int noon = 0;
            for (int i = 1; i < day.length(); i++) {
                noon = light(i).elevation() > light(noon).elevation() ? i : noon;
            }
            return noon;
        }

        double between(double least, double most) {
            return random.nextDouble(least, most);
        }

        boolean maybe(double chance) {
            return random.nextDouble() < chance;
        }

        DeviceDay anotherDay() {
            var near =
                    days.stream()
                            .filter(d -> !d.date().equals(day.date()))
                            .filter(d ->
                                    Math.abs(d.date().toEpochDay() - day.date().toEpochDay()) <= 10)
                            .toList();
            return near.get(random.nextInt(near.size()));
        }

        DeviceDay farDay() {
            var far =
                    days.stream()
                            .filter(d ->
                                    Math.abs(d.date().toEpochDay() - day.date().toEpochDay()) >= 40)
                            .toList();
            return far.isEmpty() ? anotherDay() : far.get(random.nextInt(far.size()));
        }

        /// A day of the other device, as large as this device's usual one.
        double[] otherDevice() {
            var other = others.get(random.nextInt(others.size())).watts();
            double most = Arrays.stream(other).max().orElseThrow();
            double factor = between(0.7, 0.8) * wattsPeak / Math.max(most, 0.3 * wattsPeak);
            return Arrays.stream(other).map(w -> factor * w).toArray();
        }

        double[] times(double factor) {
            return each((_, w) -> factor * w);
        }

        double[] each(Each each) {
            var watts = day.watts();
            for (int i = 0; i < watts.length; i++) {
                watts[i] = each.of(i, watts[i]);
            }
            return watts;
        }

        double[] moved(int by) {
            var watts = day.watts();
            return each((i, _) -> watts[Math.floorMod(i - by, watts.length)]);
        }
    }
}
