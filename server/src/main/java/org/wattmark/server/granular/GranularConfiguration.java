package org.wattmark.server.granular;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.registry.Claims;
import org.wattmark.registry.DecideGranular;
import org.wattmark.registry.GranularCertificates;
import org.wattmark.registry.GranularDecision;
import org.wattmark.registry.GranularRequesting;
import org.wattmark.registry.GranularRetiring;
import org.wattmark.registry.RequestGranular;
import org.wattmark.registry.RetireGranular;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.registry.HourChecks;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.StepLimits;

/// Granular certificates, their tables, and their endpoints.
@Configuration(proxyBeanMethods = false)
class GranularConfiguration {

    @Bean
    GranularCertificates granularCertificates(Staging staging, Ledger ledger, Claims claims) {
        return new GranularCertificates(staging, ledger, claims);
    }

    @Bean
    CommandHandlers granularCommands(GranularCertificates certificates) {
        return CommandHandlers.of(
                        RequestGranular.class, GranularRequesting.class, certificates::request)
                .and(DecideGranular.class, GranularDecision.class, certificates::decide)
                .and(RetireGranular.class, GranularRetiring.class, certificates::retire);
    }

    @Bean
    Tables granularTables() {
        return GranularTables.all();
    }

    @Bean
    GranularIssuanceEndpoints granularIssuanceEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            HourChecks checks,
            Organisations organisations,
            BondedDevices devices) {
        return new GranularIssuanceEndpoints(
                new GranularIssuer(sequencer, jdbc, checks), jdbc, organisations, devices);
    }

    @Bean
    GranularCertificateEndpoints granularCertificateEndpoints(
            JdbcClient jdbc, Organisations organisations) {
        return new GranularCertificateEndpoints(jdbc, organisations);
    }

    @Bean
    GranularRetirementEndpoints granularRetirementEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        return new GranularRetirementEndpoints(sequencer, jdbc, organisations, limits);
    }
}
