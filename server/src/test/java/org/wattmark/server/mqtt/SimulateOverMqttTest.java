package org.wattmark.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.server.client.CommandRun;
import org.wattmark.server.security.Role;
import org.wattmark.server.simulate.SimulateCommand;

class SimulateOverMqttTest extends MqttTest {

    @TempDir private Path data;
    @TempDir private Path keys;

    @SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
    SimulateOverMqttTest() {}

    @Test
    void panelsSendByMqttToo() {
        var settings = onFreePort();
        var organisation = newOrganisation(Role.PROPONENT);
        var machine = members.addMachine(organisation, "simulator", Set.of(Role.PROPONENT));
        var common =
                "--url http://localhost:%d --client-id %s --client-secret %s --keys %s --panels 2"
                                .formatted(port, machine.clientId(), machine.secret(), keys)
                        + " --via MQTT --mqtt mqtt://127.0.0.1:"
                        + settings.port()
                        + " --from 2025-07-01 --fraud night --fraud-share 0.5 --place madrid";
        try (var _ = feed(settings, data, new SimpleMeterRegistry())) {

            var first = simulate(common + " --to 2025-07-02");
            var second = simulate(common + " --to 2025-07-03");

            assertThat(first.code()).as(first.out() + first.err()).isZero();
            assertThat(second.code()).as(second.out() + second.err()).isZero();
            assertThat(first.out()).contains("2 batches, 192 readings sent").contains("NIGHT");
            assertThat(batchesOf(organisation)).isEqualTo(4);
        }
    }

    private static CommandRun simulate(String options) {
        return CommandRun.of(new SimulateCommand(), options.split(" "));
    }

    private long batchesOf(UUID organisation) {
        return jdbc.sql(
                        """
                        select count(*) from reading_batch
                        join device on device.id = device_id where owner_id = ?
                        """)
                .param(organisation)
                .query(Long.class)
                .single();
    }
}
