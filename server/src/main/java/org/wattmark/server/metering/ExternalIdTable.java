package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.server.ledger.MapTable;

/// Whose device another scheme means by an id.
final class ExternalIdTable implements MapTable<ExternalId, UUID> {

    private static final String INSERT =
            """
            insert into device_external_id (scheme, external_id, owner_id) values (?, ?, ?)
            """;

    @Override
    public String map() {
        return Meters.EXTERNAL_IDS;
    }

    @Override
    public void write(Connection connection, List<Row<ExternalId, UUID>> changes)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var change : changes) {
                statement.setString(1, change.key().scheme());
                statement.setString(2, change.key().id());
                statement.setObject(3, change.value());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public Map<ExternalId, UUID> load(JdbcClient jdbc) {
        var owners = new HashMap<ExternalId, UUID>();
        jdbc.sql("select scheme, external_id, owner_id from device_external_id")
                .query(row -> {
                    owners.put(
                            new ExternalId(row.getString("scheme"), row.getString("external_id")),
                            row.getObject("owner_id", UUID.class));
                });
        return owners;
    }
}
