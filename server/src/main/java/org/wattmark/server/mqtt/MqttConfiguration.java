package org.wattmark.server.mqtt;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.metering.BatchIntake;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.settings.ServerSettings;

/// Meters over MQTT.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MqttSettings.class)
class MqttConfiguration {

    @Bean
    DeviceSecrets deviceSecrets(JdbcClient jdbc) {
        return new DeviceSecrets(jdbc);
    }

    /// It depends on the sequencer, so Spring stops it first. Health calls it `meterFeed`.
    @Bean
    MeterFeed meterFeed(
            MqttSettings settings,
            ServerSettings server,
            DeviceSecrets secrets,
            Sequencer sequencer,
            BatchIntake intake,
            MeterRegistry registry) {
        return MeterFeed.start(
                settings,
                server.data(),
                secrets,
                sequencer::isLeading,
                intake,
                new FeedMeters(registry));
    }

    @Bean
    CredentialEndpoints credentialEndpoints(
            BondedDevices devices, DeviceSecrets secrets, MeterFeed feed) {
        return new CredentialEndpoints(devices, secrets, feed);
    }
}
