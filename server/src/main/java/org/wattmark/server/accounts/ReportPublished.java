package org.wattmark.server.accounts;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// A firm published a report. The log keeps its SHA-256, so that nobody, the registry included, can
/// put another report in its place later.
///
/// @param sha256 of the report's JSON, which anybody may read from then on
public record ReportPublished(UUID report, int year, Bytes sha256) implements Fact {

    public static final String DOMAIN = "wattmark/carbon-report-published/v1";

    private static final int HASH_BYTES = 32;

    public ReportPublished {
        if (sha256.length() != HASH_BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(report)
                .number(year)
                .bytes(sha256.toByteArray())
                .toByteArray();
    }

    /// Reads [#content].
    public static ReportPublished of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var report = reader.id();
            int year = Math.toIntExact(reader.number());
            var sha256 = Bytes.of(reader.bytes());
            reader.end();
            return new ReportPublished(report, year, sha256);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Canonical.Malformed("not a report: " + e.getMessage());
        }
    }
}
