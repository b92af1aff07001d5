package org.wattmark.server.metering;

import org.springframework.jdbc.core.JdbcTemplate;
import org.wattmark.metering.Readings;
import org.wattmark.metering.ReadingsContract;
import org.wattmark.server.postgres.TestPostgres;

class JdbcReadingsTest extends ReadingsContract {

    private static final JdbcTemplate JDBC =
            new JdbcTemplate(TestPostgres.freshDatabase().dataSource());

    @Override
    protected Readings readings() {
        return new JdbcReadings(JDBC);
    }
}
