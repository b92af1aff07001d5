package org.wattmark.server.accounts;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.registry.Organisations;

/// Carbon accounts: what is kept of them, and their endpoints.
@Configuration(proxyBeanMethods = false)
class AccountsConfiguration {

    @Bean
    Library accountsLibrary(GridFactors grids) {
        return Library.with(grids);
    }

    @Bean
    Profiles accountProfiles(JdbcClient jdbc) {
        return new Profiles(jdbc);
    }

    @Bean
    Sites accountSites(JdbcClient jdbc, GridFactors grids) {
        return new Sites(jdbc, grids);
    }

    @Bean
    Activities activities(JdbcClient jdbc, JdbcTemplate template, Library library) {
        return new Activities(jdbc, template, library);
    }

    @Bean
    Evidence accountEvidence(JdbcClient jdbc) {
        return new Evidence(jdbc);
    }

    @Bean
    Instruments accountInstruments(JdbcClient jdbc, GridFactors grids) {
        return new Instruments(jdbc, grids);
    }

    @Bean
    DeclaredEmissions declaredEmissions(
            JdbcClient jdbc,
            Profiles profiles,
            Sites sites,
            Activities activities,
            Library library,
            InstantSource clock) {
        return new DeclaredEmissions(jdbc, profiles, sites, activities, library, clock);
    }

    @Bean
    Imports activityImports(
            JdbcClient jdbc, PlatformTransactionManager transactions, Activities activities) {
        return new Imports(jdbc, new TransactionTemplate(transactions), activities);
    }

    @Bean
    Inventories inventories(
            JdbcClient jdbc,
            Profiles profiles,
            Sites sites,
            Activities activities,
            Instruments instruments,
            Organisations organisations,
            Library library) {
        return new Inventories(
                jdbc, profiles, sites, activities, instruments, organisations, library);
    }

    @Bean
    CommandHandlers accountCommands(Staging staging) {
        return CommandHandlers.of(
                PublishReport.class,
                PublishReport.Outcome.class,
                command -> PublishReport.handle(command, staging));
    }

    @Bean
    Reports accountReports(JdbcClient jdbc) {
        return new Reports(jdbc);
    }

    @Bean
    SiteEndpoints siteEndpoints(Profiles profiles, Sites sites, Library library) {
        return new SiteEndpoints(profiles, sites, library);
    }

    @Bean
    ActivityEndpoints activityEndpoints(
            Activities activities, Sites sites, Evidence evidence, Library library) {
        return new ActivityEndpoints(activities, sites, evidence, library);
    }

    @Bean
    EvidenceEndpoints evidenceEndpoints(Evidence evidence) {
        return new EvidenceEndpoints(evidence);
    }

    @Bean
    InstrumentEndpoints instrumentEndpoints(
            Instruments instruments, Sites sites, Evidence evidence, Library library) {
        return new InstrumentEndpoints(instruments, sites, evidence, library);
    }

    @Bean
    ActivityImportEndpoints activityImportEndpoints(
            Imports imports, Activities activities, Sites sites, Library library) {
        return new ActivityImportEndpoints(imports, activities, sites, library);
    }

    @Bean
    InventoryEndpoints inventoryEndpoints(Inventories inventories) {
        return new InventoryEndpoints(inventories);
    }

    @Bean
    ReportEndpoints reportEndpoints(
            Sequencer sequencer, Reports reports, Inventories inventories, InstantSource time) {
        return new ReportEndpoints(sequencer, reports, inventories, time);
    }
}
