package org.wattmark.server.notifications;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.market.Deposits;
import org.wattmark.registry.Claims;
import org.wattmark.server.ledger.LeaderChores;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.mail.Outbox;
import org.wattmark.server.settings.ServerSettings;

/// Whom entries concern, and how they hear of it.
@Configuration(proxyBeanMethods = false)
class NotificationsConfiguration {

    @Bean
    Notices notices(Staging staging, Claims claims, Deposits deposits) {
        return new Notices(staging, claims, deposits);
    }

    @Bean
    Tables noticeTables() {
        return new Tables(List.of(), List.of(new NoticeTable()));
    }

    @Bean
    Wishes wishes(JdbcClient jdbc) {
        return new Wishes(jdbc);
    }

    @Bean
    Telling telling(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new Telling(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    LeaderChores notificationChores(
            Sequencer sequencer,
            Telling telling,
            JdbcClient jdbc,
            Outbox outbox,
            ServerSettings settings,
            InstantSource clock) {
        var mailing = new Mailing(jdbc, outbox, settings, clock);
        var silentMeters = new SilentMeters(jdbc, telling, clock);
        return new LeaderChores(sequencer, "notices")
                .untilDone(Duration.ofSeconds(1), telling::tellNew)
                .every(Duration.ofSeconds(2), mailing::sendDue)
                .every(Duration.ofHours(1), silentMeters::tell);
    }

    @Bean
    NotificationEndpoints notificationEndpoints(
            JdbcClient jdbc, Wishes wishes, InstantSource clock) {
        return new NotificationEndpoints(jdbc, wishes, clock);
    }
}
