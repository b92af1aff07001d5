package org.wattmark.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The settings of the server's connections, which nobody else's outrank.
class SafeConnectionsTest {

    private static final String SETTING = "select current_setting('synchronous_commit')";

    private final Database database = TestPostgres.freshDatabase();

    private static String setting(DataSource source) {
        return JdbcClient.create(source).sql(SETTING).query(String.class).single();
    }

    @Test
    void noSettingOfTheDatabaseWeakensTheirCommits() throws SQLException {
        var name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
        var source = database.dataSource(SafeSettings.OF_EACH_CONNECTION);
        try (var before = source.getConnection();
                var statement = before.createStatement()) {
            JdbcClient.create(TestPostgres.asSuperuser(database).dataSource())
                    .sql("alter database " + name + " set synchronous_commit = off")
                    .update();
            try (var rows = statement.executeQuery(SETTING)) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("on");
            }
        }

        assertThat(setting(source)).isEqualTo("on");
        assertThat(setting(database.dataSource())).as("the setting is there").isEqualTo("off");
        assertThatThrownBy(() -> SafeSettings.require(database))
                .isInstanceOf(UnusableDatabase.class);
    }

    @Test
    void whatTheUrlSetsStays() {
        var withOptions =
                new Database(
                        database.jdbcUrl() + "?options=-c%20statement_timeout%3D7s",
                        database.user(),
                        database.password());

        var source = withOptions.dataSource(SafeSettings.OF_EACH_CONNECTION);

        assertThat(
                        JdbcClient.create(source)
                                .sql("select current_setting('statement_timeout')")
                                .query(String.class)
                                .single())
                .isEqualTo("7s");
        assertThat(setting(source)).isEqualTo("on");
    }
}
