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
import org.wattmark.server.notifications.Telling;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Plans;

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
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Activities activities,
            AccountNews news) {
        return new Imports(jdbc, new TransactionTemplate(transactions), activities, news);
    }

    @Bean
    Inventories inventories(
            JdbcClient jdbc,
            Profiles profiles,
            Sites sites,
            Activities activities,
            Instruments instruments,
            Organisations organisations,
            SiteMeters meters,
            MarketRates rates,
            Library library) {
        return new Inventories(
                jdbc,
                profiles,
                sites,
                activities,
                instruments,
                organisations,
                meters,
                rates,
                library);
    }

    @Bean
    CommandHandlers accountCommands(Staging staging) {
        return CommandHandlers.of(
                PublishReport.class,
                PublishReport.Outcome.class,
                command -> PublishReport.handle(command, staging));
    }

    @Bean
    Figures accountFigures(JdbcClient jdbc) {
        return new Figures(jdbc);
    }

    @Bean
    Reports accountReports(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Figures figures,
            AccountNews news) {
        return new Reports(jdbc, new TransactionTemplate(transactions), figures, news);
    }

    @Bean
    AnalyticsEndpoints analyticsEndpoints(
            JdbcClient jdbc, Plans plans, Profiles profiles, Reports reports, Figures figures) {
        return new AnalyticsEndpoints(jdbc, plans, profiles, reports, figures);
    }

    @Bean
    MarketRates marketRates(
            JdbcClient jdbc, PlatformTransactionManager transactions, GridFactors grids) {
        return new MarketRates(jdbc, new TransactionTemplate(transactions), grids);
    }

    @Bean
    MarketRateEndpoints marketRateEndpoints(
            MarketRates rates, GridFactors grids, Telling telling, InstantSource time) {
        return new MarketRateEndpoints(rates, grids, telling, time);
    }

    @Bean
    AccountNews accountNews(Telling telling, InstantSource time) {
        return new AccountNews(telling, time);
    }

    @Bean
    SiteMeters siteMeters(JdbcClient jdbc) {
        return new SiteMeters(jdbc);
    }

    @Bean
    SiteMeterEndpoints siteMeterEndpoints(SiteMeters meters, Sites sites) {
        return new SiteMeterEndpoints(meters, sites);
    }

    @Bean
    SiteEndpoints siteEndpoints(Profiles profiles, Sites sites, Library library) {
        return new SiteEndpoints(profiles, sites, library);
    }

    @Bean
    ActivityEndpoints activityEndpoints(
            Activities activities,
            Sites sites,
            SiteMeters meters,
            AccountNews news,
            Evidence evidence,
            Library library) {
        return new ActivityEndpoints(activities, sites, meters, news, evidence, library);
    }

    @Bean
    EvidenceEndpoints evidenceEndpoints(Evidence evidence) {
        return new EvidenceEndpoints(evidence);
    }

    @Bean
    InstrumentEndpoints instrumentEndpoints(
            Instruments instruments,
            MarketRates rates,
            Sites sites,
            Evidence evidence,
            Library library) {
        return new InstrumentEndpoints(instruments, rates, sites, evidence, library);
    }

    @Bean
    ActivityImportEndpoints activityImportEndpoints(
            Imports imports,
            Activities activities,
            Sites sites,
            SiteMeters meters,
            AccountNews news,
            Library library) {
        return new ActivityImportEndpoints(imports, activities, sites, meters, news, library);
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
