package org.wattmark.server.carboncred.api;

import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.market.Exchange;
import org.wattmark.registry.Registry;
import org.wattmark.server.accounts.DeclaredEmissions;
import org.wattmark.server.accounts.Evidence;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.ReportedClaims;
import org.wattmark.server.security.OpenDoors;
import org.wattmark.server.security.PasswordTokens;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Money;
import org.wattmark.units.Price;

/// CarbonCred's paths: the handles, their table, and the endpoints.
@Configuration(proxyBeanMethods = false)
class CarbonCredApiConfiguration {

    @Bean
    CreditHandles creditHandles(Staging staging, Exchange exchange, Registry registry) {
        return new CreditHandles(staging, exchange, registry);
    }

    @Bean
    CommandHandlers creditHandleCommands(CreditHandles handles) {
        return handles.commands();
    }

    @Bean
    Tables creditHandleTables() {
        return CreditHandleTable.all();
    }

    @Bean
    Shelf creditShelf(JdbcClient jdbc) {
        return new Shelf(jdbc);
    }

    @Bean
    FieldRefusals fieldRefusals() {
        return new FieldRefusals();
    }

    @Bean
    CarbonCredTokenEndpoints carbonCredTokenEndpoints(PasswordTokens tokens, OpenDoors doors) {
        return new CarbonCredTokenEndpoints(tokens, doors);
    }

    @Bean
    CarbonCredCreditEndpoints carbonCredCreditEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            StepLimits limits,
            Shelf shelf) {
        return new CarbonCredCreditEndpoints(sequencer, jdbc, organisations, limits, shelf);
    }

    @Bean
    CarbonCredEmissionEndpoints carbonCredEmissionEndpoints(
            DeclaredEmissions emissions, InstantSource clock) {
        return new CarbonCredEmissionEndpoints(emissions, clock);
    }

    @Bean
    DeclaredReductions declaredReductions(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            Evidence evidence,
            ReportedClaims claims,
            @Value("${wattmark.carboncred.test-price-minor-units:2500}") long minorUnits,
            @Value("${wattmark.carboncred.test-price-currency:EUR}") String currency) {
        return new DeclaredReductions(
                sequencer,
                jdbc,
                organisations,
                evidence,
                claims,
                new Price(Money.of(minorUnits, currency)));
    }

    @Bean
    CarbonCredProjectEndpoints carbonCredProjectEndpoints(
            DeclaredReductions reductions,
            GridFactors factors,
            JdbcClient jdbc,
            InstantSource clock) {
        return new CarbonCredProjectEndpoints(reductions, factors, jdbc, clock);
    }
}
