package org.wattmark.server.metering;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import tools.jackson.databind.json.JsonMapper;

/// Devices and readings, their tables, and their endpoints.
@Configuration(proxyBeanMethods = false)
class MeteringConfiguration {

    MeteringConfiguration() {
        FastEd25519.install();
    }

    @Bean
    Meters meters(Staging staging) {
        return new Meters(staging);
    }

    @Bean
    CommandHandlers meteringCommands(Meters meters) {
        return meters.commands();
    }

    @Bean
    Tables meteringTables() {
        return MeteringTables.all();
    }

    @Bean
    BondedDevices bondedDevices(JdbcClient jdbc) {
        return new BondedDevices(jdbc);
    }

    @Bean
    BondChallenges bondChallenges(JdbcClient jdbc, InstantSource clock) {
        return new BondChallenges(jdbc, clock);
    }

    @Bean
    JdbcReadings readings(JdbcTemplate template) {
        return new JdbcReadings(template);
    }

    @Bean
    Findings findings(JdbcClient jdbc) {
        return new Findings(jdbc);
    }

    @Bean
    DeviceEndpoints deviceEndpoints(
            Sequencer sequencer, BondedDevices devices, BondChallenges challenges) {
        return new DeviceEndpoints(sequencer, devices, challenges);
    }

    @Bean
    BatchIntake batchIntake(
            Sequencer sequencer, BondedDevices devices, JsonMapper json, InstantSource clock) {
        return new BatchIntake(sequencer, devices, json, clock);
    }

    @Bean
    ReadingEndpoints readingEndpoints(
            BatchIntake intake, BondedDevices devices, JdbcReadings readings, Findings findings) {
        return new ReadingEndpoints(intake, devices, readings, findings);
    }

    @Bean
    ImportEndpoint importEndpoint(
            Sequencer sequencer,
            BondedDevices devices,
            JdbcReadings readings,
            InstantSource clock) {
        return new ImportEndpoint(new Importer(sequencer, devices, readings, clock), devices);
    }

    @Bean
    GreenButtonEndpoint greenButtonEndpoint(BondedDevices devices, JdbcReadings readings) {
        return new GreenButtonEndpoint(devices, readings);
    }
}
