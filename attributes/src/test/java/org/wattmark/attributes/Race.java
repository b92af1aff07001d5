package org.wattmark.attributes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Does one thing many times at once: all wait at the line and start together.
final class Race {

    private Race() {}

    static <T> List<T> of(int runners, IntFunction<T> action) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(runners)) {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < runners; i++) {
                int runner = i;
                Callable<T> run =
                        () -> {
                            start.await();
                            return action.apply(runner);
                        };
                running.add(threads.submit(run));
            }
            start.countDown();
            var results = new ArrayList<T>();
            for (var run : running) {
                results.add(run.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a runner fell", e);
        }
    }
}
