package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Gives back what expired holds reserve: those first that expired first, and of one moment in the
/// order of their ids. A schedule asks for it.
///
/// @param most how many at the most
public record ReleaseExpired(UUID id, int most) implements Command<Expiry> {

    /// Everybody behind it waits until all are decided: a thousand take some milliseconds.
    public static final int MAX_RELEASES = 1_000;

    public ReleaseExpired {
        if (most < 1 || most > MAX_RELEASES) {
            throw new IllegalArgumentException(
                    "releases 1 to " + MAX_RELEASES + " holds, not " + most);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/release-expired/v1").number(most).toByteArray();
    }

    @Override
    public Expiry idStandsForAnother() {
        return new Expiry.Refused(Expiry.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
