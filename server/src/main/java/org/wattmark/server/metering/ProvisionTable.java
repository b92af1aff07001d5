package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.MakerProvision;
import org.wattmark.metering.Sha256;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RuleBroken;

/// What makers have deposited. Depositing a device again changes all but its maker and its key.
final class ProvisionTable implements MapTable<MakerId, ProvisionedDevice> {

    private static final String UPSERT =
            """
            insert into maker_provision as known
                (maker_id, maker, key, secret_hash, model, serial, receipt)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)
            on conflict (maker_id) do update set
                secret_hash = excluded.secret_hash,
                model = excluded.model,
                serial = excluded.serial,
                receipt = excluded.receipt
            where known.maker = excluded.maker and known.key = excluded.key
                and known.receipt < excluded.receipt
            """;

    @Override
    public String map() {
        return PacketMeters.PROVISIONS;
    }

    @Override
    public void write(Connection connection, List<Row<MakerId, ProvisionedDevice>> changes)
            throws SQLException {
        var rows = changes.stream().map(Row::value).toList();
        int written =
                Insert.into(connection, UPSERT)
                        .column("bytea", changes.stream().map(each -> each.key().bytes()).toList())
                        .column("uuid", rows.stream().map(ProvisionedDevice::maker).toList())
                        .column(
                                "bytea",
                                rows.stream().map(e -> e.provision().key().bytes()).toList())
                        .column(
                                "bytea",
                                rows.stream().map(e -> e.provision().secret().bytes()).toList())
                        .column("text", rows.stream().map(ProvisionedDevice::model).toList())
                        .column("text", rows.stream().map(ProvisionedDevice::serial).toList())
                        .column("bigint", rows.stream().map(ProvisionedDevice::receipt).toList())
                        .execute();
        if (written != changes.size()) {
            throw new RuleBroken("a maker's device in the table is not as memory knows it");
        }
    }

    @Override
    public Map<MakerId, ProvisionedDevice> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from maker_provision")
                .query((row, _) -> provisioned(row))
                .list()
                .stream()
                .collect(Collectors.toMap(each -> each.provision().device(), each -> each));
    }

    /// Reads a row with all columns of `maker_provision`.
    static ProvisionedDevice provisioned(ResultSet row) throws SQLException {
        return new ProvisionedDevice(
                new MakerProvision(
                        MakerId.of(row.getBytes("maker_id")),
                        DeviceKey.of(row.getBytes("key")),
                        Sha256.ofDigest(row.getBytes("secret_hash"))),
                row.getObject("maker", UUID.class),
                row.getString("model"),
                row.getString("serial"),
                row.getLong("receipt"));
    }
}
