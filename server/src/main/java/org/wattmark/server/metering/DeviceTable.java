package org.wattmark.server.metering;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Site;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.UnreadableRow;

/// Bonded devices. A bond is never changed.
final class DeviceTable implements MapTable<DeviceId, BondedDevice> {

    private static final String INSERT =
            """
            insert into device
                (id, key, owner_id, tier, simulated, zone, latitude, longitude, altitude_metres,
                 country, watts_peak, mounting, interval_seconds, other_schemes, support_payments,
                 external_schemes, external_ids, cap_and_trade_covered, challenge_nonce,
                 challenge_expires_at, bond_signature, maker_id, provision_receipt, receipt)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public String map() {
        return Meters.DEVICES;
    }

    @Override
    public void write(Connection connection, List<Row<DeviceId, BondedDevice>> changes)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var change : changes) {
                var values = values(connection, change.value());
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static List<@Nullable Object> values(Connection connection, BondedDevice bond)
            throws SQLException {
        var device = bond.device();
        var site = device.site();
        var declared = bond.declaration();
        var external = declared.externalIds();
        var values = new ArrayList<@Nullable Object>();
        Collections.addAll(
                values,
                device.id().value(),
                device.key().bytes(),
                device.owner(),
                device.tier().name(),
                device.simulated(),
                site.zone().getId(),
                site.latitude(),
                site.longitude(),
                site.altitudeMetres(),
                site.country(),
                device.installation().wattsPeak(),
                device.installation().mounting().name(),
                device.intervalLength().toSeconds(),
                texts(connection, declared.otherSchemes()),
                texts(connection, declared.supportPayments()),
                texts(connection, external.stream().map(ExternalId::scheme).toList()),
                texts(connection, external.stream().map(ExternalId::id).toList()),
                declared.capAndTradeCovered());
        switch (bond.bond()) {
            case DeviceBonded(var _, var _, var challenge, var signature) ->
                    Collections.addAll(
                            values,
                            challenge.nonce().bytes(),
                            Timestamp.from(challenge.expiresAt()),
                            signature.bytes(),
                            null,
                            null);
            case PacketDeviceBonded bonded ->
                    Collections.addAll(
                            values, null, null, null, bonded.makerId().bytes(), bonded.provision());
        }
        values.add(bond.receipt());
        return values;
    }

    private static Object texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    @Override
    public Map<DeviceId, BondedDevice> load(JdbcClient jdbc) {
        return jdbc.sql("select * from device").query((row, _) -> bond(row)).list().stream()
                .collect(Collectors.toMap(bond -> bond.device().id(), bond -> bond));
    }

    /// Reads a row with all columns of `device`.
    static BondedDevice bond(ResultSet row) throws SQLException {
        var device = device(row);
        var declaration =
                new ExclusivityDeclaration(
                        texts(row, "other_schemes"),
                        texts(row, "support_payments"),
                        DeviceBonded.externalIds(
                                texts(row, "external_schemes"), texts(row, "external_ids")),
                        row.getBoolean("cap_and_trade_covered"));
        var maker = row.getBytes("maker_id");
        requireOneWay(row, maker != null);
        if (maker != null) {
            var bonded = device.sendingPacketsAs(MakerId.of(maker));
            return new BondedDevice(
                    new PacketDeviceBonded(bonded, declaration, row.getLong("provision_receipt")),
                    row.getLong("receipt"));
        }
        var challenge =
                new BondChallenge(
                        Nonce.of(row.getBytes("challenge_nonce")),
                        device.id(),
                        device.key(),
                        device.owner(),
                        row.getTimestamp("challenge_expires_at").toInstant(),
                        declaration.sha256());
        return new BondedDevice(
                new DeviceBonded(
                        device,
                        declaration,
                        challenge,
                        DeviceSignature.of(row.getBytes("bond_signature"))),
                row.getLong("receipt"));
    }

    private static void requireOneWay(ResultSet row, boolean byMaker) throws SQLException {
        boolean none =
                row.getBytes("challenge_nonce") == null
                        && row.getTimestamp("challenge_expires_at") == null
                        && row.getBytes("bond_signature") == null;
        boolean deposited = row.getObject("provision_receipt") != null;
        if (byMaker ? !none || !deposited : deposited) {
            throw new UnreadableRow("a device that is bonded in two ways, or in none");
        }
    }

    private static Device device(ResultSet row) throws SQLException {
        BigDecimal latitude = row.getBigDecimal("latitude");
        BigDecimal longitude = row.getBigDecimal("longitude");
        return new Device(
                new DeviceId(row.getObject("id", UUID.class)),
                DeviceKey.of(row.getBytes("key")),
                row.getObject("owner_id", UUID.class),
                new Site(
                        ZoneId.of(row.getString("zone")),
                        latitude,
                        longitude,
                        row.getInt("altitude_metres"),
                        row.getString("country")),
                new Installation(
                        row.getLong("watts_peak"), Mounting.valueOf(row.getString("mounting"))),
                AssuranceTier.valueOf(row.getString("tier")),
                Duration.ofSeconds(row.getLong("interval_seconds")),
                row.getBoolean("simulated"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
