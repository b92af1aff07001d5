package org.wattmark.server.ledger;

import java.util.List;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;

/// How much a request asks to move, all its items together: many small ones are a large one. What
/// posts or voids a hold moves what was counted when it was made.
///
/// @param grams of credits, and a gram for each certified watt-hour, which is about what a fossil
///   grid emits for it; a sum past the largest number is that
/// @param minorUnits of money
record Moving(long grams, long minorUnits) {

    static Moving of(List<TransferItem> items) {
        var sum = new Moving(0, 0);
        for (var item : items) {
            if (item instanceof TransferItem.Wish(var command)) {
                sum = sum.and(command);
            }
        }
        return sum;
    }

    private Moving and(Command<Posting> command) {
        return switch (command) {
            case PostTransfer wish -> and(wish);
            case PostLinked group -> {
                var sum = this;
                for (var leg : group.legs()) {
                    sum = leg instanceof PostTransfer wish ? sum.and(wish) : sum;
                }
                yield sum;
            }
            default -> this;
        };
    }

    private Moving and(PostTransfer wish) {
        long amount = wish.transfer().amount();
        return wish.transfer().asset().isMoney()
                ? new Moving(grams, sum(minorUnits, amount))
                : new Moving(sum(grams, amount), minorUnits);
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
