package org.wattmark.server.metering;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.MakerId;
import org.wattmark.server.ledger.MapTable;

/// Which keys makers have deposited. It is an index in memory over a unique column of
/// `maker_provision`, so there is nothing to write that [ProvisionTable] has not written.
final class PacketKeyTable implements MapTable<DeviceKey, MakerId> {

    private record Pair(DeviceKey key, MakerId device) {}

    @Override
    public String map() {
        return Meters.PACKET_KEYS;
    }

    @Override
    public void write(Connection connection, List<Row<DeviceKey, MakerId>> changes) {}

    @Override
    public Map<DeviceKey, MakerId> load(JdbcClient jdbc) {
        return jdbc
                .sql("select key, maker_id from maker_provision")
                .query((row, _) ->
                        new Pair(
                                DeviceKey.of(row.getBytes("key")),
                                MakerId.of(row.getBytes("maker_id"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Pair::key, Pair::device));
    }
}
