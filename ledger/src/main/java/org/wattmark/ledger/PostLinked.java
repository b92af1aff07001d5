package org.wattmark.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.units.Canonical;

/// Asks for several things that happen together or not at all. Each sees those before it.
///
/// @param legs in order; the id of the n-th is the n-th that follows from the command's, whatever
///   it was before
public record PostLinked(UUID id, List<Leg> legs) implements Command<Posting> {

    /// Everybody behind a group waits until all of it is decided: a thousand legs take some
    /// milliseconds.
    public static final int MAX_LEGS = 1_000;

    private static final String DOMAIN = "wattmark/post-linked/v1";

    public PostLinked {
        if (legs.isEmpty() || legs.size() > MAX_LEGS) {
            throw new IllegalArgumentException(
                    "a linked group has 1 to " + MAX_LEGS + " legs, not " + legs.size());
        }
        var own = new ArrayList<Leg>(legs.size());
        for (int n = 0; n < legs.size(); n++) {
            own.add(legs.get(n).withId(Transfer.derivedId(id, n)));
        }
        legs = List.copyOf(own);
    }

    /// Kinds of legs are told apart by the number before each.
    @Override
    public byte[] content() {
        var content = Canonical.of(DOMAIN).number(legs.size());
        for (var leg : legs) {
            var _ =
                    leg.writeTo(
                            content.number(
                                    switch (leg) {
                                        case PostTransfer _ -> 0;
                                        case PostPending _ -> 1;
                                        case VoidPending _ -> 2;
                                    }));
        }
        return content.toByteArray();
    }

    @Override
    public Posting idStandsForAnother() {
        return new Posting.Rejected(0, Posting.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
