package org.wattmark.server.audit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The auditor that never sleeps: it compares balances with the journal while the server runs.
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /// Its name is what the readiness group calls it: `conservationWatch`.
    @Bean(initMethod = "start")
    ConservationWatch conservationWatch(DataSource dataSource, MeterRegistry meters) {
        var random = RandomGenerator.getDefault();
        return new ConservationWatch(new Conservation(dataSource, random), meters);
    }
}
