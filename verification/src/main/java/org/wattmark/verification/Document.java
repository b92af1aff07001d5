package org.wattmark.verification;

import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// A document by its hash: who is shown it later can tell that it is the one that was reported.
public record Document(Kind kind, Sha256 hash) {

    /// What a document shows.
    public enum Kind {
        /// What was used or saved, by a supplier's bill.
        BILL,
        /// What a meter or logger recorded.
        METER_RECORD,
        /// What was driven, made or burned, by the operator's own book.
        LOGBOOK,
        /// What a weighbridge weighed.
        WEIGHBRIDGE_TICKET,
        /// What was bought and fitted: the evidence of a measure.
        INVOICE,
        /// That it was fitted and works, by who commissioned or inspected it.
        INSTALLATION_REPORT,
        /// Power, efficiency or model of what stands there.
        NAMEPLATE,
        /// What a laboratory or supplier says of a fuel or a waste.
        ANALYSIS,
        /// The engineer's estimate of what a measure saves.
        ENGINEERING_ESTIMATE,
        /// That who owns the reduction has given the claim to the proponent, in writing.
        TRANSFER_OF_CLAIM,
        PHOTOGRAPH,
        OTHER;

        /// Whether it proves quantities of a period and so may be used for one claim only.
        public boolean provesQuantities() {
            return this == BILL
                    || this == METER_RECORD
                    || this == LOGBOOK
                    || this == WEIGHBRIDGE_TICKET;
        }
    }

    void write(Canonical bytes) {
        bytes.text(kind.name()).bytes(hash.bytes());
    }

    static Document read(DataReader reader) throws Malformed {
        return new Document(reader.named(Kind.values()), reader.digest());
    }
}
