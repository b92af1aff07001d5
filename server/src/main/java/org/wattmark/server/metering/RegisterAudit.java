package org.wattmark.server.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.server.ledger.RowAudit;

/// What the readings of a register come to, if they are taken in once more, is what their entry
/// says.
public final class RegisterAudit implements RowAudit {

    /// Whether a reading came from the future was judged when it came.
    private static final Instant ANY_TIME = Instant.parse("2200-01-01T00:00:00Z");

    private final Map<DeviceId, Duration> lengths = new HashMap<>();
    private final Map<RegisterKey, RegisterProgress> registers = new HashMap<>();

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            switch (entry.fact()) {
                case Bond bond -> lengths.put(bond.device().id(), bond.device().intervalLength());
                case RegisterAdvanced advanced -> advanced(entry.sequence(), advanced, found);
                default -> {}
            }
        }
    }

    private void advanced(long sequence, RegisterAdvanced advanced, Discrepancies found) {
        var key = new RegisterKey(advanced.device(), advanced.channel());
        var length = lengths.get(advanced.device());
        if (length == null || !isRight(advanced, registers.get(key), length)) {
            found.add(sequence, "its counts do not add up to what it says");
        }
        registers.put(key, advanced.next());
    }

    private static boolean isRight(
            RegisterAdvanced advanced, @Nullable RegisterProgress before, Duration length) {
        if (before == null) {
            return advanced.equals(
                    RegisterAdvanced.declared(
                            advanced.device(), advanced.channel(), advanced.next().register()));
        }
        var again =
                RegisterRun.of(advanced.readings(), advanced.reset(), before, length, ANY_TIME)
                        .advanced(advanced.device(), advanced.channel());
        boolean standsStill = again.isEmpty() && advanced.next().equals(before);
        var said = withoutConflicts(Optional.of(advanced));
        return said.isEmpty() ? standsStill : said.equals(again);
    }

    /// A count that contradicts another leaves its finding and nothing else.
    private static Optional<RegisterAdvanced> withoutConflicts(Optional<RegisterAdvanced> said) {
        return said.map(each ->
                        new RegisterAdvanced(
                                each.device(),
                                each.channel(),
                                each.readings(),
                                each.reset(),
                                each.findings().stream()
                                        .filter(finding -> finding.rule() != Finding.Rule.CONFLICT)
                                        .toList(),
                                each.completed(),
                                each.next()))
                .filter(each ->
                        !each.readings().isEmpty()
                                || each.reset().isPresent()
                                || !each.findings().isEmpty());
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        ReadingAudit.requireDistinct("register_progress", "device_id, channel", jdbc, found);
    }
}
