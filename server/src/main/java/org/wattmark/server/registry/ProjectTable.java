package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Project;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// Projects. One that is registered stays as it is.
final class ProjectTable implements MapTable<UUID, Project> {

    static final String SELECT =
            """
            select id, proponent_id, controller_id, title, region, zone, methodology,
                methodology_version, unit_class
            from project
            """;

    private static final String INSERT =
            """
            insert into project (id, proponent_id, controller_id, title, region, zone, methodology,
                methodology_version, unit_class)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public String map() {
        return "project";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Project>> changes) throws SQLException {
        var projects = changes.stream().map(Row::value).toList();
        Insert.into(connection, INSERT)
                .column("uuid", projects.stream().map(Project::id).toList())
                .column("uuid", projects.stream().map(each -> each.proponent().id()).toList())
                .column(
                        "uuid",
                        projects.stream()
                                .map(each -> each.proponent().controller().orElse(null))
                                .toList())
                .column("text", projects.stream().map(Project::title).toList())
                .column("text", projects.stream().map(Project::region).toList())
                .column("text", projects.stream().map(Project::zone).toList())
                .column("text", projects.stream().map(each -> each.methodology().name()).toList())
                .column(
                        "integer",
                        projects.stream().map(each -> each.methodology().version()).toList())
                .column("text", projects.stream().map(each -> each.unitClass().name()).toList())
                .execute();
    }

    @Override
    public Map<UUID, Project> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(ProjectTable::project).list().stream()
                .collect(Collectors.toMap(Project::id, each -> each));
    }

    static Project project(ResultSet row, int unused) throws SQLException {
        return new Project(
                row.getObject("id", UUID.class),
                new Organisation(
                        row.getObject("proponent_id", UUID.class),
                        Optional.ofNullable(row.getObject("controller_id", UUID.class))),
                row.getString("title"),
                row.getString("region"),
                row.getString("zone"),
                new MethodologyId(row.getString("methodology"), row.getInt("methodology_version")),
                UnitClass.valueOf(row.getString("unit_class")));
    }
}
