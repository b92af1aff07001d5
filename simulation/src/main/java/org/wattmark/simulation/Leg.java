package org.wattmark.simulation;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Transfer;
import org.wattmark.units.Canonical;

/// One step of a [MoveAssets], named as a client would.
sealed interface Leg {

    record Plain(AccountId from, AccountId to, Asset asset, long amount) implements Leg {}

    /// @param hold the number of the request that reserved
    record Capture(int hold, AccountId to, long amount) implements Leg {}

    record Release(int hold) implements Leg {}

    default Step step(UUID command, int n) {
        return switch (this) {
            case Plain(var from, var to, var asset, var amount) ->
                    new Step.Plain(Transfer.numbered(command, n, from, to, asset, amount));
            case Capture(var hold, var to, var amount) ->
                    new Step.Capture(
                            Transfer.derivedId(command, n), Request.idOf(hold), to, amount);
            case Release(var hold) ->
                    new Step.Release(Transfer.derivedId(command, n), Request.idOf(hold));
        };
    }

    default void addTo(Canonical content) {
        switch (this) {
            case Plain(var from, var to, var asset, var amount) ->
                    content.number(0)
                            .text(from.value())
                            .text(to.value())
                            .text(asset.code())
                            .number(amount);
            case Capture(var hold, var to, var amount) ->
                    content.number(1).number(hold).text(to.value()).number(amount);
            case Release(var hold) -> content.number(2).number(hold);
        }
    }
}
