package org.wattmark.tlog;

import java.util.List;
import java.util.Set;

/// How many witnesses must have cosigned. The witnesses may stand in groups, each of which counts
/// as one.
sealed interface Quorum {

    /// Whether these witnesses, by the names of the trust file, are enough.
    boolean isMetBy(Set<String> cosigned);

    /// The smallest number of witnesses that can be enough.
    int fewest();

    record One(String witness) implements Quorum {

        @Override
        public boolean isMetBy(Set<String> cosigned) {
            return cosigned.contains(witness);
        }

        @Override
        public int fewest() {
            return 1;
        }
    }

    record Of(int threshold, List<Quorum> members) implements Quorum {

        static final Of NONE = new Of(0, List.of());

        @Override
        public boolean isMetBy(Set<String> cosigned) {
            return members.stream().filter(it -> it.isMetBy(cosigned)).count() >= threshold;
        }

        @Override
        public int fewest() {
            return members.stream().mapToInt(Quorum::fewest).sorted().limit(threshold).sum();
        }
    }
}
