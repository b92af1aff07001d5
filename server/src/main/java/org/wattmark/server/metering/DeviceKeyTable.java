package org.wattmark.server.metering;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.server.ledger.MapTable;

/// Which device a key belongs to. It is an index in memory over a unique column of `device`, so
/// there is nothing to write that [DeviceTable] has not written.
final class DeviceKeyTable implements MapTable<DeviceKey, DeviceId> {

    private record Row(DeviceKey key, DeviceId device) {}

    @Override
    public String map() {
        return Meters.KEYS;
    }

    @Override
    public void write(Connection connection, List<MapTable.Row<DeviceKey, DeviceId>> changes) {}

    @Override
    public Map<DeviceKey, DeviceId> load(JdbcClient jdbc) {
        return jdbc
                .sql("select key, id from device")
                .query((row, _) ->
                        new Row(
                                DeviceKey.of(row.getBytes("key")),
                                new DeviceId(row.getObject("id", UUID.class))))
                .list()
                .stream()
                .collect(Collectors.toMap(Row::key, Row::device));
    }
}
