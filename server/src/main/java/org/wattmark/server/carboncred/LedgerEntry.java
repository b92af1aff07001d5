package org.wattmark.server.carboncred;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A row of CarbonCred's hash ledger, as it stands there.
///
/// @param row its primary key, which orders the ledger
/// @param credit a UUID, which Django keeps in SQLite as 32 hexadecimal digits
/// @param metadata as JSON
record LedgerEntry(
        long row,
        String event,
        String credit,
        String from,
        String to,
        String metadata,
        String previousHash,
        String hash) {

    private static final Pattern PLAIN_UUID = Pattern.compile("(.{8})(.{4})(.{4})(.{4})(.{12})");

    /// The credit's id with its dashes, if it is a UUID.
    String creditId() {
        var plain = credit.replace("-", "").toLowerCase(Locale.ROOT);
        return PLAIN_UUID.matcher(plain).replaceFirst("$1-$2-$3-$4-$5");
    }

    /// The spellings of the credit's id that CarbonCred may have hashed, the usual one first: what
    /// a buyer's request said went into the hash as it was, and into the table in another spelling.
    List<String> creditSpellings() {
        var dashed = creditId();
        return Stream.of(dashed, credit, dashed.toUpperCase(Locale.ROOT), dashed.replace("-", ""))
                .distinct()
                .toList();
    }
}
