package org.wattmark.server.certificates;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.PublishedLog;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.settings.ServerSettings;

/// Certificates for people and machines.
@Configuration(proxyBeanMethods = false)
class CertificatesConfiguration {

    @Bean
    Certificates certificates(JdbcClient jdbc, PublishedLog log, Publisher publisher) {
        return new Certificates(jdbc, log, publisher);
    }

    @Bean
    History certificateHistory(JdbcClient jdbc) {
        return new History(jdbc);
    }

    @Bean
    LiveCheck liveCheck(ServerSettings settings) {
        return LiveCheck.of(settings);
    }

    @Bean
    IssuerKey issuerKey(ServerSettings settings) {
        return IssuerKey.in(settings.keys());
    }

    @Bean
    CredentialIssuer credentialIssuer(
            JdbcClient jdbc, IssuerKey key, ServerSettings settings, InstantSource clock) {
        var log = LogKey.require(settings).name();
        return new CredentialIssuer(jdbc, key, settings.baseUrl(), log, clock);
    }

    @Bean
    CertificatePageEndpoints certificatePageEndpoints(
            Certificates certificates, History history, LiveCheck check, ServerSettings settings) {
        return new CertificatePageEndpoints(certificates, history, check, settings);
    }

    @Bean
    CertificateFormEndpoints certificateFormEndpoints(
            Certificates certificates, History history, CredentialIssuer issuer) {
        return new CertificateFormEndpoints(certificates, history, issuer);
    }

    @Bean
    IssuerEndpoints issuerEndpoints(CredentialIssuer issuer) {
        return new IssuerEndpoints(issuer);
    }

    @Bean
    ProvenanceEndpoints provenanceEndpoints(
            JdbcClient jdbc, Certificates certificates, History history) {
        return new ProvenanceEndpoints(jdbc, certificates, history);
    }

    /// Anyone may see them without saying who they are: no token, no session, no cookie.
    @Bean
    @Order(0)
    SecurityFilterChain publicCertificates(HttpSecurity http) throws Exception {
        return http.securityMatcher("/certificates/**", "/.well-known/did.json")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .headers(headers ->
                        headers.contentSecurityPolicy(policy ->
                                        policy.policyDirectives(
                                                CertificatePage.CONTENT_SECURITY_POLICY))
                                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                                .contentTypeOptions(Customizer.withDefaults())
                                .referrerPolicy(it -> it.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }
}
