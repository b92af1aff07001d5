package org.wattmark.server.log;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.server.vault.Vault;
import org.wattmark.tlog.FileTiles;

/// The log over the journal: tiles under `log/` in the data folder, checkpoints in the database.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean
    JournalLeaves journalLeaves(JdbcClient jdbc) {
        return new JournalLeaves(jdbc);
    }

    @Bean
    JdbcCheckpoints checkpoints(JdbcClient jdbc, InstantSource clock, ServerSettings settings) {
        return new JdbcCheckpoints(jdbc, clock, LogKey.require(settings).name());
    }

    @Bean
    FileTiles tiles(ServerSettings settings) {
        return new FileTiles(settings.data().resolve("log"));
    }

    @Bean
    PublishedLog publishedLog(
            JdbcCheckpoints checkpoints,
            FileTiles tiles,
            JournalLeaves leaves,
            ServerSettings settings) {
        int quorum = WitnessFile.read(settings.data()).quorum();
        return new PublishedLog(checkpoints, tiles, leaves, quorum);
    }

    @Bean
    Witnesses witnesses(ServerSettings settings) {
        return WitnessFile.witnesses(WitnessFile.read(settings.data()));
    }

    /// The sequencer tells it of commits, as it tells every `Consumer` of its events.
    @Bean
    Publisher publisher(
            ServerSettings settings,
            FileTiles tiles,
            JdbcCheckpoints checkpoints,
            Witnesses witnesses,
            JournalLeaves leaves,
            JdbcClient jdbc) {
        LogKey.require(settings);
        var key = LogKey.fileIn(settings.keys());
        var leader = jdbc.sql("select epoch from leader");
        return Publisher.start(
                key,
                Vault.keys(System.getenv()),
                tiles,
                checkpoints,
                witnesses,
                leaves,
                () -> leader.query(Long.class).single());
    }

    @Bean
    CommandHandlers logCommands(Staging staging) {
        return CommandHandlers.of(
                BeginOrigin.class,
                BeginOrigin.OriginBegun.class,
                command -> {
                    var _ = staging.record(command.statement());
                    return new BeginOrigin.OriginBegun(true);
                });
    }

    @Bean
    Founding founding(ServerSettings settings, Sequencer sequencer) {
        return new Founding(LogKey.fileIn(settings.keys()), sequencer);
    }

    @Bean
    LogHealth logHealthIndicator(Publisher publisher, Witnesses witnesses) {
        return new LogHealth(publisher, witnesses);
    }

    @Bean
    LogEndpoints logEndpoints(PublishedLog log, Publisher publisher, ServerSettings settings) {
        return new LogEndpoints(log, publisher, LogKey.requireAll(settings.keys()));
    }

    /// Anyone may read the log without saying who they are: no token, no session, no cookie.
    @Bean
    @Order(0)
    SecurityFilterChain publicLog(HttpSecurity http) throws Exception {
        return http.securityMatcher("/log/**", "/api/v1/log/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .build();
    }
}
