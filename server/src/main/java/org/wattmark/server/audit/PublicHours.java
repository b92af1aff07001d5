package org.wattmark.server.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Asset;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.server.audit.PublicFacts.RetiredHour;
import org.wattmark.server.ledger.RowAudit.Discrepancies;

/// What anybody can add up of granular certificates: an hour of a device has one at the most, its
/// watt-hours were given out once, and its serials are used in their order.
final class PublicHours {

    private final Map<UUID, Long> nextSerials = new HashMap<>();
    private final Map<Asset, GranularCertificate> issued = new LinkedHashMap<>();
    private final Set<String> hours = new HashSet<>();
    private final Discrepancies found;

    PublicHours(Discrepancies found) {
        this.found = found;
    }

    void issued(long sequence, GranularCertificate certificate) {
        if (nextSerials.putIfAbsent(certificate.id(), 1L) != null) {
            found.add(sequence, "the certificate " + certificate.id() + " is issued twice");
        }
        if (!hours.add(certificate.device() + " " + certificate.hour())) {
            found.add(sequence, "this hour of the device has a certificate already");
        }
        issued.put(certificate.asset(), certificate);
    }

    void retired(long sequence, RetiredHour retired) {
        var next = nextSerials.get(retired.certificate());
        if (next == null || next != retired.serials().first()) {
            found.add(
                    sequence,
                    "serials %s are retired where %s is the next of certificate %s"
                            .formatted(retired.serials(), next, retired.certificate()));
        }
        nextSerials.put(retired.certificate(), retired.serials().last() + 1);
    }

    /// @param sums of each asset what sources have given (negative) and what sinks have
    void finish(Map<Asset, long[]> sums) {
        issued.forEach((asset, certificate) -> finish(certificate, sums.remove(asset)));
        sums.keySet().stream()
                .filter(Asset::isGranular)
                .forEach(asset -> found.add(-1, asset + " moves, and was never issued"));
    }

    private void finish(GranularCertificate certificate, long @Nullable [] sum) {
        long given = sum == null ? 0 : -sum[PublicBooks.SOURCES];
        long used = sum == null ? 0 : sum[PublicBooks.RETIRED];
        if (given != certificate.energy().wattHours()) {
            found.add(
                    -1,
                    "certificate %s is over %d Wh, but %d Wh were given out"
                            .formatted(certificate.id(), certificate.energy().wattHours(), given));
        }
        if (used != nextSerials.getOrDefault(certificate.id(), 1L) - 1) {
            found.add(-1, "of certificate " + certificate.id() + " other serials were used");
        }
    }
}
