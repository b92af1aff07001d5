package org.wattmark.tlog;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Sightings that last as long as the process.
public final class MemorySightings implements Sightings {

    private final Map<String, Checkpoint> byOrigin = new HashMap<>();

    @Override
    public synchronized Optional<Checkpoint> latest(String origin) {
        return Optional.ofNullable(byOrigin.get(origin));
    }

    @Override
    public synchronized boolean replace(Optional<Checkpoint> latest, Checkpoint next) {
        var standing = latest(next.origin());
        if (!standing.equals(latest) || standing.filter(next::contradicts).isPresent()) {
            return false;
        }
        byOrigin.put(next.origin(), next);
        return true;
    }
}
