package org.wattmark.server.certificates;

import org.wattmark.server.certificates.Certificates.Found;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.WitnessFile;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;

/// Checks a certificate as its reader would, by the keys of this log and of its witnesses: the same
/// verifier as `wattmark verify`, run anew for each page.
final class LiveCheck {

    private final Trust trust;

    private LiveCheck(Trust trust) {
        this.trust = trust;
    }

    /// Trusts every key that this log ever signed with, and knows its witnesses.
    static LiveCheck of(ServerSettings settings) {
        var lines = new StringBuilder();
        LogKey.everyKey(LogKey.fileIn(settings.keys()))
                .forEach(key -> lines.append("log ").append(key).append('\n'));
        WitnessFile.read(settings.data())
                .witnesses()
                .forEach((name, key) ->
                        lines.append("witness ").append(name).append(' ').append(key).append('\n'));
        return new LiveCheck(Trust.parse(lines.append("quorum none\n").toString()));
    }

    /// What the proof proves; asked only where there is one.
    Verdict check(Found found) {
        return new OfflineVerifier(trust)
                .verify(found.leaf().toByteArray(), found.proof().orElseThrow());
    }
}
