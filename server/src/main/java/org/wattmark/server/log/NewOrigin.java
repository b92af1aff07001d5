package org.wattmark.server.log;

import java.util.ArrayList;
import java.util.List;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// From this entry on the journal is published under another name: its log could not go on, and
/// this says why. The successor covers the whole journal again, each entry at its sequence.
///
/// @param origin of the successor
/// @param former the name that the journal was published under until then
/// @param formerKeys the public keys of the former log that signed last
/// @param lastCheckpoint what the former log signed last, as C2SP `tlog-checkpoint` writes it;
///   empty if nobody knows. What it had from this entry's sequence on is lost
/// @param reason in the operator's words
public record NewOrigin(
        String origin, String former, List<String> formerKeys, String lastCheckpoint, String reason)
        implements Fact {

    public static final String DOMAIN = "wattmark/new-origin/v1";

    /// A leaf has 4,096 bytes, and a reason is a sentence.
    static final int MAX_REASON_LENGTH = 500;

    public NewOrigin {
        formerKeys = List.copyOf(formerKeys);
        if (reason.isBlank() || reason.length() > MAX_REASON_LENGTH) {
            throw new IllegalArgumentException("a reason has 1 to 500 characters");
        }
    }

    @Override
    public byte[] content() {
        var content = Canonical.of(DOMAIN).text(origin).text(former).number(formerKeys.size());
        formerKeys.forEach(content::text);
        return content.text(lastCheckpoint).text(reason).toByteArray();
    }

    public static NewOrigin of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        var origin = reader.text();
        var former = reader.text();
        long count = reader.number();
        var keys = new ArrayList<String>();
        for (long i = 0; i < count; i++) {
            keys.add(reader.text());
        }
        var statement = new NewOrigin(origin, former, keys, reader.text(), reader.text());
        reader.end();
        return statement;
    }
}
