package org.wattmark.server.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pool of connections. Spring closes it before the database beneath, which it depends on.
@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

    /// Two cores and a disk are busy with far fewer; the rest wait their turn here, not there.
    private static final int CONNECTIONS = 16;

    /// A request that gets no connection in this time is answered 503, to be sent again.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    HikariDataSource dataSource(OpenDatabase open) {
        var pool = new HikariDataSource();
        pool.setPoolName("wattmark");
        pool.setDataSource(open.database().dataSource(SafeSettings.OF_EACH_CONNECTION));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        return pool;
    }
}
