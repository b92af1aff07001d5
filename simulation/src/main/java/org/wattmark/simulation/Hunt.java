package org.wattmark.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiFunction;

/// Plays one seed after the other until one breaks a rule. Takes and gives only what the JDK has,
/// for it is called among the classes of [PlantedClasses] too.
public final class Hunt implements BiFunction<Long, Duration, String> {

    public Hunt() {}

    /// @param first the first seed
    /// @param patience when to give up
    /// @return what was found, in a sentence; empty if nothing was
    @Override
    public String apply(Long first, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (var simulation = new Simulation()) {
            for (long seed = first; System.nanoTime() < deadline; seed++) {
                var failure = simulation.play(seed);
                if (failure.isPresent()) {
                    return failure.get().summary();
                }
            }
        }
        return "";
    }

    /// Hunts among classes with a bug in them.
    @SuppressWarnings("unchecked") // the other loader's Hunt, of which only this interface is known
    static String planted(Plant plant, Path root, Duration patience) {
        try {
            var type = PlantedClasses.of(plant, root).loadClass(Hunt.class.getName());
            var hunt = type.getConstructor().newInstance();
            return ((BiFunction<Long, Duration, String>) hunt).apply(0L, patience);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
