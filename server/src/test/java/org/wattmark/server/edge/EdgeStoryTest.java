package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.CommandFailed;

/// From an inverter's register, over Modbus TCP, the agent and HTTP, to rows of the server.
class EdgeStoryTest extends EdgeTest {

    @Test
    void whatTheInverterCountsIsStoredIntervalByInterval() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000);
                var edge = bondedEdge(inverter)) {
            edge.agent.turn();

            for (int minute = 5; minute <= 60; minute += 5) {
                clock.advance(Duration.ofMinutes(5));
                inverter.counts(1_000_000 + minute * 50L); // 3 kW
                edge.agent.turn();
            }

            assertThat(stored(edge.device)).containsExactly(750L, 750L, 750L, 750L);
            assertThat(
                            jdbc.sql("select tier from device where id = ?")
                                    .param(edge.device)
                                    .query(String.class)
                                    .single())
                    .as("the key is outside the meter")
                    .isEqualTo("T1");
            assertThat(edge.agent.waiting()).isZero();
        }
    }

    @Test
    void whatIsCountedWithoutANetworkOutlivesARestartAndIsSentInFewBatches() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000)) {
            UUID device;
            try (var edge = bondedEdge(inverter)) {
                device = edge.device;
            }
            try (var offline = edge(inverter, nobody())) {
                pollHours(offline, inverter, 3);
                assertThat(offline.agent.waiting()).isEqualTo(12);
                assertThat(stored(device)).isEmpty();
            } // switched off, and on again

            try (var online = edge(inverter, server())) {
                assertThat(online.agent.waiting()).isEqualTo(12);
                clock.advance(Duration.ofMinutes(1));
                online.agent.turn();

                assertThat(stored(device)).hasSize(12).containsOnly(750L);
                assertThat(batches(device))
                        .as("the one that was signed, and the rest")
                        .isEqualTo(2);
                assertThat(online.agent.waiting()).isZero();
            }
        }
    }

    @Test
    void anInverterThatIsOffAtNightIsZeroAtNight() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000);
                var edge = bondedEdge(inverter)) {
            clock.set(Instant.parse("2025-07-02T02:00:00Z")); // eight in the evening
            edge.agent.turn();
            inverter.switchOff();
            clock.set(Instant.parse("2025-07-02T08:00:00Z"));
            edge.agent.turn();

            inverter.switchOn();
            clock.set(Instant.parse("2025-07-02T13:00:00Z")); // seven in the morning
            edge.agent.turn();

            assertThat(stored(edge.device)).hasSize(44).containsOnly(0L);
            assertThat(said).anySatisfy(line -> assertThat(line).contains("does not answer"));
            assertThat(said).contains("The source is read again.");
        }
    }

    @Test
    void anAnswerThatWasLostStoresNothingTwice() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000)) {
            bondedEdge(inverter).close();
            EdgeState beforeItKnew;
            try (var offline = edge(inverter, nobody())) {
                pollHours(offline, inverter, 1);
                beforeItKnew = offline.folder.state();
            }
            assertThat(beforeItKnew.signed()).isNotEmpty();
            try (var online = edge(inverter, server())) {
                online.agent.turn();
                assertThat(stored(online.device)).hasSize(4);
                online.folder.keep(beforeItKnew); // the power failed before it was written
            }

            try (var again = edge(inverter, server())) {
                pollHours(again, inverter, 1);

                assertThat(stored(again.device)).hasSize(8).containsOnly(750L);
                assertThat(again.agent.waiting()).isZero();
            }
        }
    }

    @Test
    void anOldCopyOfTheFolderGoesOnFromWhereTheServerStands() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000)) {
            UUID device;
            try (var edge = bondedEdge(inverter)) {
                device = edge.device;
                edge.agent.turn();
                var copy = edge.folder.state();
                pollHours(edge, inverter, 2);
                edge.folder.keep(copy);
            }

            try (var restored = edge(inverter, server())) {
                pollHours(restored, inverter, 1);

                assertThat(stored(device)).as("the eight, and the hour after").hasSize(12);
                assertThat(restored.agent.waiting()).isZero();
                assertThat(said).anySatisfy(line -> assertThat(line).contains("is given up"));
            }
        }
    }

    @Test
    void aMachineWhoseClockIsWrongReadsNothing() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000)) {
            bondedEdge(inverter).close();
            InstantSource wrong = () -> Instant.now().plus(Duration.ofDays(1));

            try (var edge = edge(inverter, server(), wrong)) {
                edge.agent.turn();

                assertThat(edge.folder.state().counters()).isEmpty();
                assertThat(said)
                        .anySatisfy(line -> assertThat(line).contains("ahead of the server's"));
            }
        }
    }

    @Test
    void aClockThatWasWrongBeginsAnewWhenTheServerSaysSo() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000);
                var edge = bondedEdge(inverter)) {
            clock.advance(Duration.ofHours(5));
            edge.agent.turn();

            clock.set(Instant.parse("2025-07-01T18:00:00Z"));
            pollHours(edge, inverter, 1);

            assertThat(stored(edge.device)).as("the first reading is the base").hasSize(4);
            assertThat(said).anySatisfy(line -> assertThat(line).contains("The clock was wrong"));
        }
    }

    @Test
    void theSameInverterIsNotBondedByTwoOwners() {
        try (var inverter = SimulatedInverter.threePhase(1_000_000)) {
            bondedEdge(inverter).close();
            data = data.resolve("another");

            assertThatThrownBy(() -> bondedEdge(inverter))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("external_id_already_declared");
        }
    }

    @Test
    void oneFolderIsOneAgents() {
        try (var _ = EdgeFolder.open(data)) {

            assertThatThrownBy(() -> EdgeFolder.open(data))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("another edge agent works in");
        }
    }
}
