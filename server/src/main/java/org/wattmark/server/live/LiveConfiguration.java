package org.wattmark.server.live;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.GridFactors;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.registry.HourlyFactorSets;
import org.wattmark.server.rewards.RewardedDays;

/// The feed of readings, its streams, and the hourly intensities that value them.
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    HourlyIntensities hourlyIntensities(JdbcClient jdbc) {
        return new HourlyIntensities(jdbc);
    }

    @Bean
    LiveFeed liveFeed(
            JdbcClient jdbc,
            HourlyIntensities intensities,
            GridFactors factors,
            RewardedDays rewards,
            InstantSource time) {
        var readings = new LiveReadings(jdbc, intensities, factors, rewards);
        return new LiveFeed(jdbc, readings, rewards, time);
    }

    @Bean
    LiveEndpoints liveEndpoints(LiveFeed feed, BondedDevices devices) {
        return new LiveEndpoints(feed, devices);
    }

    @Bean
    IntensityEndpoints intensityEndpoints(HourlyIntensities intensities, GridFactors factors) {
        return new IntensityEndpoints(intensities, factors);
    }

    @Bean
    HourlyFactorEndpoints hourlyFactorEndpoints(JdbcClient jdbc, GridFactors factors) {
        return new HourlyFactorEndpoints(new HourlyFactorSets(jdbc, factors), factors);
    }
}
