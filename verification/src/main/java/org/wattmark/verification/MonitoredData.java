package org.wattmark.verification;

import java.util.ArrayList;
import java.util.List;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// What a proponent reports for a monitoring period where no bonded meter tells it: all that a
/// methodology needs, as whole numbers or exact decimals. Its bytes are hashed into the claim and
/// give the same grams for ever.
public sealed interface MonitoredData
        permits DeemedInstallations,
                WholeMeterReadings,
                HeatSupply,
                LoggedActivity,
                RecycledMaterial,
                DivertedWaste,
                DeclaredTotals {

    String DOMAIN = "wattmark/monitored-data/v1";

    /// The rules that the data are reported for.
    MethodologyId methodology();

    /// Where, by which documents, and what the project moved elsewhere.
    Reported reported();

    /// Whose emissions are claimed. Of these and of each document's hash a reservation is made, so
    /// that nobody claims for the same carrier of one site and period twice.
    List<Carrier> carriers();

    /// Weighbridge tickets and other single things that may be claimed once and never again,
    /// whatever the period; empty where nothing is counted by the piece.
    default List<String> batches() {
        return List.of();
    }

    /// What the claim uses up, in a fixed order: carriers are for its site and period, documents
    /// and batches for ever.
    default List<Subject> subjects() {
        var subjects = new ArrayList<Subject>();
        carriers().forEach(it -> subjects.add(new Subject(Subject.Kind.CARRIER, it.name())));
        reported().documents().stream()
                .filter(document -> document.kind().provesQuantities())
                .forEach(it -> subjects.add(new Subject(Subject.Kind.DOCUMENT, it.hash().hex())));
        batches().forEach(it -> subjects.add(new Subject(Subject.Kind.BATCH, it)));
        return subjects.stream().distinct().toList();
    }

    /// Canonical bytes: the domain, the methodology's name and version, and then its own fields.
    byte[] content();

    default Sha256 sha256() {
        return Sha256.of(content());
    }

    /// Reads what [#content] wrote; whatever is wrong with a stranger's bytes is `Malformed`.
    static MonitoredData of(byte[] content) throws Canonical.Malformed {
        return DataBytes.read(content);
    }
}
