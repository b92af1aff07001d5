package org.wattmark.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A property that must hold in many small worlds. It runs once per seed; a failure prints the
/// seed, and `-Dseed=17` runs world 17 alone.
///
/// The method takes one [java.util.random.RandomGenerator] and nothing else may be left to chance.
/// All worlds share one test object, so a method builds what it changes itself.
@Test
@ExtendWith(SeededWorlds.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Seeded {

    /// How many worlds are tried: seeds 0 to worlds − 1.
    int worlds() default 200;
}
