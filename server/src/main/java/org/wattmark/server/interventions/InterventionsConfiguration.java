package org.wattmark.server.interventions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.registry.CancelCredits;
import org.wattmark.registry.Cancellation;
import org.wattmark.registry.Cancellations;
import org.wattmark.registry.Claims;
import org.wattmark.registry.CorrectClaim;
import org.wattmark.registry.Correcting;
import org.wattmark.registry.Corrections;
import org.wattmark.registry.CoverReversal;
import org.wattmark.registry.Covering;
import org.wattmark.registry.DecideIntervention;
import org.wattmark.registry.InterventionStep;
import org.wattmark.registry.Interventions;
import org.wattmark.registry.ProposeIntervention;
import org.wattmark.registry.Registry;
import org.wattmark.registry.Unwinding;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.metering.LateReadings;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Restatements;
import org.wattmark.server.security.StepLimits;

/// Interventions and cancellations, their tables, and their endpoints.
@Configuration(proxyBeanMethods = false)
class InterventionsConfiguration {

    @Bean
    Cancellations cancellations(Staging staging, Ledger ledger, Registry registry) {
        return new Cancellations(staging, ledger, registry);
    }

    @Bean
    Interventions interventions(
            Staging staging, Ledger ledger, Registry registry, Unwinding market) {
        return new Interventions(staging, ledger, registry, market);
    }

    @Bean
    Corrections corrections(
            Staging staging, Claims claims, Registry registry, Interventions interventions) {
        return new Corrections(staging, claims, registry, interventions);
    }

    @Bean
    LateReadings lateReadings(Claims claims, Corrections corrections) {
        return new LateCorrections(claims, corrections);
    }

    @Bean
    CorrectionEndpoints correctionEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Restatements restatements) {
        return new CorrectionEndpoints(sequencer, jdbc, restatements);
    }

    @Bean
    CommandHandlers interventionCommands(
            Cancellations cancellations, Interventions interventions, Corrections corrections) {
        return CommandHandlers.of(CancelCredits.class, Cancellation.class, cancellations::cancel)
                .and(ProposeIntervention.class, InterventionStep.class, interventions::propose)
                .and(DecideIntervention.class, InterventionStep.class, interventions::decide)
                .and(CorrectClaim.class, Correcting.class, corrections::correct)
                .and(CoverReversal.class, Covering.class, interventions::cover);
    }

    @Bean
    Tables interventionTables() {
        return InterventionTables.all();
    }

    @Bean
    InterventionEndpoints interventionEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        return new InterventionEndpoints(sequencer, jdbc);
    }

    @Bean
    CancellationEndpoints cancellationEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        return new CancellationEndpoints(sequencer, jdbc, organisations, limits);
    }

    @Bean
    ReversalEndpoints reversalEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        return new ReversalEndpoints(sequencer, jdbc, organisations, limits);
    }

    @Bean
    EligibilityEndpoints eligibilityEndpoints(JdbcClient jdbc) {
        return new EligibilityEndpoints(jdbc);
    }

    @Bean
    RegistryFeeEndpoints registryFeeEndpoints(JdbcClient jdbc) {
        return new RegistryFeeEndpoints(jdbc);
    }
}
