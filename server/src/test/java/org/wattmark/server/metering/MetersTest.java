package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Admission;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Bonding;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Intake;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.registry.ClaimSubmitted;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// Devices on a journal in PostgreSQL, over restarts of the server.
class MetersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID ALICE = UUID.randomUUID();
    private static final Period JULY_FIRST = day("2025-07-01");
    private static final Period JULY_SECOND = day("2025-07-02");
    private static final Period JULY_THIRD = day("2025-07-03");

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device =
            new Device(
                    new DeviceId(UUID.randomUUID()),
                    signer.key(),
                    ALICE,
                    MeterServerTest.GOLDEN,
                    new Installation(6_000, Mounting.FIXED),
                    AssuranceTier.T2,
                    Device.DEFAULT_INTERVAL,
                    true);
    private final SimulatedMeter meter = new SimulatedMeter(new SimulatedPanel(device, 7), signer);
    private final DataSource database = TestPostgres.freshDatabase().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final List<Entry> journal = new ArrayList<>();
    private Staging staging;
    private Sequencer sequencer;

    private static Period day(String date) {
        return Period.starting(Instant.parse(date + "T06:00:00Z"), Duration.ofDays(1));
    }

    /// Journals that a claim was submitted, as the registry does.
    private record Close(UUID id, Period period, DeviceId device) implements Command<Receipt> {

        @Override
        public byte[] content() {
            return Canonical.of("close").period(period).toByteArray();
        }

        @Override
        public Receipt idStandsForAnother() {
            throw new AssertionError();
        }
    }

    @BeforeEach
    void start() {
        staging = new Staging(() -> new byte[32]);
        var meters = new Meters(staging);
        var running = staging;
        var outcomes =
                new OutcomeCodec(Stream.of(BondAnswer.class, BatchAnswer.class, Receipt.class));
        sequencer =
                Sequencer.on(
                                new JdbcJournal(database, outcomes, List.of(MeteringTables.all())),
                                staging,
                                InstantSource.fixed(NOW))
                        .outcomeEncoder(outcomes::encode)
                        .handle(BondDevice.class, meters::bond)
                        .handle(AcceptReadings.class, meters::accept)
                        .handle(
                                Close.class,
                                close -> running.record(new ClaimSubmitted(claim(close))).receipt())
                        .listener(this::remember)
                        .start();
    }

    private void remember(Sequencer.Event event) {
        if (event instanceof Sequencer.Event.Committed(var batch)) {
            journal.addAll(batch.entries());
        }
    }

    @AfterEach
    void stop() {
        sequencer.close();
    }

    private void restart() {
        stop();
        start();
    }

    @Test
    void aRestartForgetsNoBondAndNoProgress() {
        bond();
        var first = meter.honest(JULY_FIRST);
        var taken = accept(first);
        var before = staging.contents();

        restart();

        assertThat(staging.contents()).isEqualTo(before);
        assertThat(accept(first)).as("the same command").isEqualTo(taken);
        assertThat(reasonOf(acceptUnsigned(first))).isEqualTo(Admission.Reason.REPLAYED);
        assertThat(bond(UUID.randomUUID()))
                .isEqualTo(new BondAnswer.Refused(Bonding.Reason.KEY_ALREADY_BONDED));
        assertThat(accept(meter.honest(JULY_SECOND))).isInstanceOf(BatchAnswer.Taken.class);
    }

    @Test
    void theJournalReplayedFromNothingAddsUpToTheTables() {
        bond();
        accept(meter.honest(JULY_FIRST));
        accept(meter.nightGeneration(JULY_SECOND));
        close(JULY_THIRD);
        restart();
        var loaded = staging.contents();

        var replay = new Staging(() -> new byte[32]);
        var _ = new Meters(replay);
        journal.forEach(replay::replay);

        assertThat(replay.contents()).isEqualTo(loaded);
    }

    @Test
    void whatComesForAClaimedPeriodIsStoredLateAndNoClaimCanTakeIt() {
        bond();
        accept(meter.honest(JULY_FIRST));
        close(new Period(JULY_FIRST.start(), JULY_SECOND.end()));
        restart();

        var late = accept(meter.honest(JULY_SECOND));
        accept(meter.honest(JULY_THIRD));

        var readings = new JdbcReadings(new JdbcTemplate(database));
        assertThat(((BatchAnswer.Taken) late).accepted()).isEqualTo(96);
        assertThat(readings.in(device.id(), Channel.GENERATION, JULY_SECOND)).hasSize(96);
        assertThat(readings.claimable(device.id(), Channel.GENERATION, JULY_FIRST)).hasSize(96);
        assertThat(readings.claimable(device.id(), Channel.GENERATION, JULY_SECOND)).isEmpty();
        assertThat(readings.claimable(device.id(), Channel.GENERATION, JULY_THIRD)).hasSize(96);
    }

    @Test
    void theDatabaseRefusesMoreThanWasMetered() {
        bond();
        accept(meter.honest(JULY_FIRST));

        assertThat(refusedByTheDatabase("allocated_wh = metered_wh + 1")).isTrue();
        assertThat(refusedByTheDatabase("allocated_wh = -1")).isTrue();
        assertThat(refusedByTheDatabase("allocated_wh = metered_wh")).as("control").isFalse();
    }

    private boolean refusedByTheDatabase(String change) {
        try {
            jdbc.sql("update interval set " + change).update();
            return false;
        } catch (DataIntegrityViolationException e) {
            return true;
        }
    }

    @Test
    void theAuditFindsWhateverIsChangedInTheTables() {
        bond();
        accept(meter.honest(JULY_FIRST));
        accept(meter.nightGeneration(JULY_SECOND));
        assertThat(audit()).as("control").isEmpty();

        for (var change :
                List.of(
                        "update interval set raw_wh = raw_wh + 1, energy_wh = energy_wh + 1,"
                                + " metered_wh = metered_wh + 1 where raw_wh > 500",
                        "update interval set metered_wh = metered_wh + 1 where raw_wh > 500",
                        "update interval set shortfall_wh = 1 where raw_wh > 500",
                        "update interval set late = true",
                        "update interval set seconds = 899",
                        "update interval set receipt = null",
                        "delete from interval where raw_wh > 500",
                        "insert into interval select gen_random_uuid(), channel, start_at, seconds,"
                                + " raw_wh, energy_wh, metered_wh, 0, 0, false, receipt"
                                + " from interval limit 1",
                        "update reading_batch set hash = device.key from device",
                        "update reading_batch set energy_wh = energy_wh + 1",
                        "delete from reading_batch where sequence = 1",
                        "update finding set threshold = threshold || '0'",
                        "update finding set outcome = 'INFO'",
                        "delete from finding where position = 0")) {
            assertThat(auditAfter(change)).as(change).isNotEmpty();
        }
    }

    /// Changes the tables, audits them, and takes the change back.
    private List<String> auditAfter(String change) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var changed = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            changed.sql(change).update();
            var found = audit(changed);
            connection.rollback();
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(change, e);
        }
    }

    private List<String> audit() {
        return audit(jdbc);
    }

    private List<String> audit(JdbcClient tables) {
        var found = new ArrayList<String>();
        var audit = new ReadingAudit();
        audit.check(journal, tables, (sequence, what) -> found.add(sequence + " " + what));
        audit.finish(tables, (sequence, what) -> found.add(sequence + " " + what));
        return found;
    }

    private BondAnswer bond() {
        return bond(device.id().value());
    }

    private BondAnswer bond(UUID id) {
        var bonded =
                new Device(
                        new DeviceId(id),
                        device.key(),
                        device.owner(),
                        device.site(),
                        device.installation(),
                        device.tier(),
                        device.intervalLength(),
                        device.simulated());
        var challenge =
                new BondChallenge(
                        Nonce.of(new byte[32]),
                        bonded.id(),
                        bonded.key(),
                        ALICE,
                        NOW.plusSeconds(60),
                        ExclusivityDeclaration.NOTHING_ELSE.sha256());
        return sequencer.apply(
                new BondDevice(
                        ALICE,
                        bonded,
                        ExclusivityDeclaration.NOTHING_ELSE,
                        challenge,
                        signer.sign(challenge)));
    }

    private BatchAnswer accept(SignedBatch signed) {
        return sequencer.apply(
                new AcceptReadings(ALICE, inspected(signed), Optional.of(signed.signature())));
    }

    private BatchAnswer acceptUnsigned(SignedBatch signed) {
        return sequencer.apply(new AcceptReadings(ALICE, inspected(signed), Optional.empty()));
    }

    private Inspected inspected(SignedBatch signed) {
        return (Inspected) Intake.inspect(signed, device, NOW);
    }

    private static Admission.Reason reasonOf(BatchAnswer answer) {
        return ((BatchAnswer.Refused) answer).reason();
    }

    private void close(Period period) {
        sequencer.apply(new Close(UUID.randomUUID(), period, device.id()));
    }

    private static Claim claim(Close close) {
        return new Claim(
                new ClaimId(close.id()),
                UUID.randomUUID(),
                Organisation.uncontrolled(ALICE),
                UUID.randomUUID(),
                ALICE,
                UUID.randomUUID(),
                List.of(new Claim.Series(close.device(), Channel.GENERATION)),
                close.period(),
                AssuranceTier.T2,
                UnitClass.TEST,
                Optional.empty(),
                true);
    }
}
