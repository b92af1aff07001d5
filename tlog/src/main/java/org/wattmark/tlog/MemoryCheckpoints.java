package org.wattmark.tlog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Checkpoints that last as long as the process.
public final class MemoryCheckpoints implements Checkpoints {

    private final TreeMap<Long, SignedCheckpoint> bySize = new TreeMap<>();

    @Override
    public synchronized Optional<SignedCheckpoint> latest() {
        return Optional.ofNullable(bySize.lastEntry()).map(Map.Entry::getValue);
    }

    @Override
    public synchronized Optional<SignedCheckpoint> covering(long index, int cosignatures) {
        return bySize.tailMap(index, false).values().stream()
                .filter(it -> it.cosignatures() >= cosignatures)
                .findFirst()
                .or(() -> Optional.ofNullable(bySize.higherEntry(index)).map(Map.Entry::getValue));
    }

    @Override
    public synchronized boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
        var standing = latest();
        if (standing.equals(Optional.of(next))) {
            return true;
        }
        if (!standing.equals(latest) || contradicts(standing, next)) {
            return false;
        }
        bySize.put(next.checkpoint().size(), next);
        return true;
    }

    private static boolean contradicts(Optional<SignedCheckpoint> standing, SignedCheckpoint next) {
        return standing.filter(it -> next.checkpoint().contradicts(it.checkpoint())).isPresent();
    }
}
