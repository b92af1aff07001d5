package org.wattmark.testing;

import java.lang.reflect.Method;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/// Runs a [Seeded] method once for each seed in place of JUnit's single call.
final class SeededWorlds implements InvocationInterceptor, ParameterResolver {

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> property,
            ExtensionContext context) {
        invocation.skip();
        var method = property.getExecutable();
        var test = property.getTarget().orElseThrow();
        seeds(method.getAnnotation(Seeded.class).worlds())
                .forEach(seed -> runWorld(method, test, seed));
    }

    private static LongStream seeds(int worlds) {
        var single = Long.getLong("seed");
        return single == null ? LongStream.range(0, worlds) : LongStream.of(single);
    }

    private static void runWorld(Method property, Object test, long seed) {
        try {
            ReflectionSupport.invokeMethod(property, test, randomOf(seed));
        } catch (Throwable failure) {
            throw new AssertionError("the property fails in world -Dseed=" + seed, failure);
        }
    }

    private static RandomGenerator randomOf(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RandomGenerator.class;
    }

    /// JUnit wants an argument for the call that is skipped; no world ever sees this one.
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return randomOf(0);
    }
}
