package org.wattmark.server.registry;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.FeeSchedule;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;

/// What was paid for an issuance or a retirement, as its answer tells.
///
/// @param version of the fee schedule, see `GET /api/v1/public/registry-fees`
/// @param quantity that was charged for
record ChargedFees(FeeSchedule.Kind kind, int version, Co2e quantity, Money amount) {

    /// Empty if nothing was charged. It is committed with what it was for.
    static List<ChargedFees> of(UUID id, JdbcClient jdbc) {
        return jdbc.sql("select * from registry_fee_charged where id = :id")
                .param("id", id)
                .query((row, _) ->
                        new ChargedFees(
                                FeeSchedule.Kind.valueOf(row.getString("kind")),
                                row.getInt("version"),
                                new Co2e(row.getLong("quantity_grams")),
                                Money.of(row.getLong("minor_units"), row.getString("currency"))))
                .list();
    }
}
