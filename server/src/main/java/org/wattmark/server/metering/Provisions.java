package org.wattmark.server.metering;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.MakerId;

/// What makers have deposited, as the last commit left it, for any thread.
final class Provisions {

    private static final String OF_MAKER =
            """
            select maker_provision.*, exists (
                    select from device where device.maker_id = maker_provision.maker_id) as bonded
            from maker_provision
            where maker = :maker and maker_id > :after
            order by maker_id limit :limit
            """;

    private final JdbcClient jdbc;

    Provisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Listed(ProvisionedDevice device, boolean bonded) {}

    Optional<ProvisionedDevice> find(MakerId device) {
        return jdbc.sql("select * from maker_provision where maker_id = :device")
                .param("device", device.bytes())
                .query((row, _) -> ProvisionTable.provisioned(row))
                .optional();
    }

    /// The first devices of a maker after one, in the order of their ids.
    List<Listed> ofMaker(UUID maker, byte[] after, int limit) {
        return jdbc.sql(OF_MAKER)
                .param("maker", maker)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) ->
                        new Listed(ProvisionTable.provisioned(row), row.getBoolean("bonded")))
                .list();
    }
}
