package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.wattmark.metering.Finding;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Canonical.Reader;

/// Reads what [Finding#canonicalBytes] wrote.
final class FindingBytes {

    private FindingBytes() {}

    static List<Finding> read(byte[] content) throws Malformed {
        var reader = Reader.of("wattmark/findings/v1", content);
        long count = reader.number();
        var findings = new ArrayList<Finding>();
        for (long i = 0; i < count; i++) {
            findings.add(finding(reader));
        }
        reader.end();
        return findings;
    }

    private static Finding finding(Reader reader) throws Malformed {
        var rule = Rule.valueOf(reader.text());
        var outcome = Outcome.valueOf(reader.text());
        var interval = reader.period();
        long count = reader.number();
        var inputs = new LinkedHashMap<String, String>();
        for (long i = 0; i < count; i++) {
            inputs.put(reader.text(), reader.text());
        }
        return new Finding(rule, inputs, reader.text(), outcome, interval);
    }
}
