package org.wattmark.server.metering;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.registry.Claims;
import org.wattmark.rewards.Rewards;
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
    Meters meters(Staging staging, LateReadings lateReadings) {
        return new Meters(staging, lateReadings);
    }

    @Bean
    CommandHandlers meteringCommands(Meters meters) {
        return meters.commands();
    }

    @Bean
    PacketMeters packetMeters(Staging staging, Meters meters) {
        return new PacketMeters(staging, meters);
    }

    @Bean
    CommandHandlers packetCommands(PacketMeters packets) {
        return packets.commands();
    }

    @Bean
    Imports imports(Staging staging, Meters meters, Claims claims, Rewards rewards) {
        return new Imports(staging, meters, claims, rewards);
    }

    @Bean
    CommandHandlers importCommands(Imports imports) {
        return imports.commands();
    }

    @Bean
    RegisterMeters registerMeters(Staging staging, Meters meters) {
        return new RegisterMeters(staging, meters);
    }

    @Bean
    CommandHandlers registerCommands(RegisterMeters registers) {
        return registers.commands();
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
    KnownPackets knownPackets(JdbcClient jdbc) {
        return new KnownPackets(jdbc);
    }

    @Bean
    PacketIntake packetIntake(
            Sequencer sequencer,
            BondedDevices devices,
            KnownPackets known,
            JsonMapper json,
            InstantSource clock) {
        return new PacketIntake(sequencer, devices, known, json, clock);
    }

    @Bean
    PacketEndpoints packetEndpoints(
            PacketIntake intake, BondedDevices devices, KnownPackets known) {
        return new PacketEndpoints(intake, devices, known);
    }

    @Bean
    MakerEndpoints makerEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        return new MakerEndpoints(sequencer, new Provisions(jdbc));
    }

    @Bean
    PacketDeviceEndpoint packetDeviceEndpoint(
            Sequencer sequencer, JdbcClient jdbc, InstantSource clock) {
        return new PacketDeviceEndpoint(
                sequencer, new Provisions(jdbc), new BondAttempts(jdbc, clock));
    }

    @Bean
    BatchIntake batchIntake(
            Sequencer sequencer,
            BondedDevices devices,
            PacketIntake packets,
            JsonMapper json,
            InstantSource clock) {
        return new BatchIntake(sequencer, devices, packets, json, clock);
    }

    @Bean
    ReadingEndpoints readingEndpoints(
            BatchIntake intake, BondedDevices devices, JdbcReadings readings, Findings findings) {
        return new ReadingEndpoints(intake, devices, readings, findings);
    }

    @Bean
    BatchesEndpoint batchesEndpoint(BatchIntake intake) {
        return new BatchesEndpoint(intake);
    }

    @Bean
    EnergyEndpoint energyEndpoint(BondedDevices devices, JdbcReadings readings) {
        return new EnergyEndpoint(devices, readings);
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
    UndoEndpoints undoEndpoints(Sequencer sequencer, BondedDevices devices, JdbcClient jdbc) {
        return new UndoEndpoints(sequencer, devices, jdbc);
    }

    @Bean
    RegisterEndpoints registerEndpoints(
            Sequencer sequencer, BondedDevices devices, JdbcClient jdbc) {
        return new RegisterEndpoints(sequencer, devices, jdbc);
    }

    @Bean
    GreenButtonEndpoint greenButtonEndpoint(BondedDevices devices, JdbcReadings readings) {
        return new GreenButtonEndpoint(devices, readings);
    }
}
