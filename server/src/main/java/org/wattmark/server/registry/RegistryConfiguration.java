package org.wattmark.server.registry;

import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Readings;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.ChangePool;
import org.wattmark.registry.Claims;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.Designing;
import org.wattmark.registry.DividePool;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.JudgeDesign;
import org.wattmark.registry.PoolDivisions;
import org.wattmark.registry.Pooling;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Registry;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.Submission;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.SubmitDesign;
import org.wattmark.registry.Verdict;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.log.PublishedLog;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.security.StepLimits;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.verification.AutoApprovalPolicy;
import org.wattmark.verification.UnitClass;

/// Claims and the registry, their tables, and their endpoints.
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    GridFactors gridFactors() {
        return GridFactors.shipped();
    }

    /// Real claims all go to a person until an operator decides on a policy; TEST units may pass.
    @Bean
    Claims claims(Staging staging, ServerSettings settings) {
        return new Claims(
                staging,
                Map.of(
                        UnitClass.LIVE, AutoApprovalPolicy.NOTHING,
                        UnitClass.TEST, AutoApprovalPolicy.DEMO),
                DrawSecret.in(settings.keys()));
    }

    @Bean
    Registry registry(Staging staging, Ledger ledger, Claims claims) {
        return new Registry(staging, ledger, claims);
    }

    @Bean
    PoolDivisions poolDivisions(Staging staging, Ledger ledger, Registry registry, Claims claims) {
        return new PoolDivisions(staging, ledger, registry, claims);
    }

    @Bean
    CommandHandlers registryCommands(
            Claims claims, Registry registry, PoolDivisions poolDivisions) {
        return CommandHandlers.of(RegisterProject.class, Registration.class, claims::register)
                .and(SubmitClaim.class, Submission.class, claims::submit)
                .and(AssessClaim.class, Verdict.class, claims::assess)
                .and(DecideClaim.class, Verdict.class, claims::decide)
                .and(ActOnClaim.class, Verdict.class, claims::act)
                .and(SubmitDesign.class, Designing.class, claims.designs()::submit)
                .and(JudgeDesign.class, Designing.class, claims.designs()::judge)
                .and(ChangePool.class, Pooling.class, claims.pools()::change)
                .and(DividePool.class, Pooling.class, poolDivisions::divide)
                .and(IssueCredits.class, Issuance.class, registry::issue)
                .and(RetireCredits.class, Retirement.class, registry::retire);
    }

    @Bean
    Tables registryTables() {
        return RegistryTables.all();
    }

    @Bean
    Organisations organisations(JdbcClient jdbc) {
        return new Organisations(jdbc);
    }

    @Bean
    Assessor assessor(
            JdbcClient jdbc,
            Sequencer sequencer,
            GridFactors factors,
            BondedDevices devices,
            Readings readings,
            InstantSource clock) {
        return new Assessor(jdbc, sequencer, factors, devices, readings, clock);
    }

    @Bean
    HourChecks hourChecks(JdbcClient jdbc, Assessor assessor) {
        return new HourChecks(jdbc, assessor);
    }

    @Bean
    ReportedClaims reportedClaims(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        return new ReportedClaims(sequencer, jdbc, organisations, assessor);
    }

    @Bean
    ProjectEndpoints projectEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            GridFactors factors) {
        return new ProjectEndpoints(sequencer, jdbc, organisations, factors);
    }

    @Bean
    ClaimEndpoints claimEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            Assessor assessor,
            ReportedClaims reported) {
        return new ClaimEndpoints(sequencer, jdbc, organisations, assessor, reported);
    }

    @Bean
    ReviewEndpoints reviewEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        return new ReviewEndpoints(sequencer, jdbc, organisations, assessor);
    }

    @Bean
    Restatements restatements(JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        return new Restatements(jdbc, organisations, assessor);
    }

    @Bean
    PoolEndpoints poolEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        return new PoolEndpoints(sequencer, jdbc, organisations, assessor);
    }

    @Bean
    ClaimFileEndpoints claimFileEndpoints(JdbcClient jdbc) {
        return new ClaimFileEndpoints(jdbc);
    }

    @Bean
    DesignEndpoints designEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        return new DesignEndpoints(sequencer, jdbc, organisations);
    }

    @Bean
    IssuanceEndpoints issuanceEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        return new IssuanceEndpoints(sequencer, jdbc, organisations);
    }

    @Bean
    RetirementEndpoints retirementEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        return new RetirementEndpoints(sequencer, jdbc, organisations, limits);
    }

    @Bean
    HoldingEndpoints holdingEndpoints(JdbcClient jdbc, Organisations organisations) {
        return new HoldingEndpoints(jdbc, organisations);
    }

    @Bean
    CertificateEndpoints certificateEndpoints(
            JdbcClient jdbc, PublishedLog log, Publisher publisher) {
        return new CertificateEndpoints(jdbc, log, publisher);
    }

    @Bean
    BackingEndpoints backingEndpoints(JdbcClient jdbc) {
        return new BackingEndpoints(jdbc);
    }

    @Bean
    FactorEndpoints factorEndpoints(GridFactors factors) {
        return new FactorEndpoints(factors);
    }
}
