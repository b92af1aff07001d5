package org.wattmark.server.log;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.FileTiles;

/// The log over the journal: tiles under `log/` in the data folder, checkpoints in the database.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean
    JournalLeaves journalLeaves(JdbcClient jdbc) {
        return new JournalLeaves(jdbc);
    }

    @Bean
    JdbcCheckpoints checkpoints(JdbcClient jdbc, InstantSource clock) {
        return new JdbcCheckpoints(jdbc, clock);
    }

    @Bean
    FileTiles tiles(ServerSettings settings) {
        return new FileTiles(settings.data().resolve("log"));
    }

    @Bean
    PublishedLog publishedLog(JdbcCheckpoints checkpoints, FileTiles tiles, JournalLeaves leaves) {
        return new PublishedLog(checkpoints, tiles, leaves);
    }

    /// The sequencer tells it of commits, as it tells every `Consumer` of its events.
    @Bean
    Publisher publisher(
            ServerSettings settings,
            FileTiles tiles,
            JdbcCheckpoints checkpoints,
            JournalLeaves leaves) {
        LogKey.require(settings);
        return Publisher.start(LogKey.fileIn(settings.keys()), tiles, checkpoints, leaves);
    }

    @Bean
    LogHealth logHealthIndicator(Publisher publisher) {
        return new LogHealth(publisher);
    }

    @Bean
    LogEndpoints logEndpoints(PublishedLog log, Publisher publisher, ServerSettings settings) {
        return new LogEndpoints(log, publisher, LogKey.require(settings));
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
