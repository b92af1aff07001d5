package org.wattmark.ledger;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where commands wait for the sequencer: in one line for each tenant, of which the heads are taken
/// in turn. So who sends a hundred thousand does not keep out who sends one.
final class WaitingRoom<T> {

    private final int places;
    private final int placesInLine;
    private final Map<Object, ArrayDeque<T>> lines = new HashMap<>();

    /// The lines with somebody in them, whose turn is next first.
    private final ArrayDeque<ArrayDeque<T>> turns = new ArrayDeque<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int size;
    private boolean woken;

    /// @param places for everybody together
    /// @param placesInLine for one tenant
    WaitingRoom(int places, int placesInLine) {
        this.places = places;
        this.placesInLine = placesInLine;
    }

    /// Lets all of them in, or none if there are not enough places.
    boolean enter(Object tenant, Collection<? extends T> group) {
        lock.lock();
        try {
            var line = lines.computeIfAbsent(tenant, _ -> new ArrayDeque<>());
            if (size + group.size() > places || line.size() + group.size() > placesInLine) {
                forgetIfEmpty(tenant, line);
                return false;
            }
            if (line.isEmpty() && !group.isEmpty()) {
                turns.addLast(line);
            }
            line.addAll(group);
            size += group.size();
            forgetIfEmpty(tenant, line);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfEmpty(Object tenant, ArrayDeque<T> line) {
        if (line.isEmpty()) {
            lines.remove(tenant);
        }
    }

    /// Takes up to so many, one from each line in turn.
    void take(int most, List<T> into) {
        lock.lock();
        try {
            for (int taken = 0; taken < most && size > 0; taken++) {
                var line = turns.removeFirst();
                into.add(line.removeFirst());
                size--;
                if (!line.isEmpty()) {
                    turns.addLast(line);
                }
            }
            if (size == 0) {
                lines.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return size == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the wait of [#await], now or when it begins.
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until somebody is here, or [#wake] was called since the last wait, or the time is up.
    ///
    /// @param forSomebody whether somebody who is here ends the wait
    void await(boolean forSomebody, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lockInterruptibly();
        try {
            while (!woken && !(forSomebody && size > 0) && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }
}
