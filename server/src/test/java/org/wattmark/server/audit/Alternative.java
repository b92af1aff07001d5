package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.DepositStep;
import org.wattmark.market.Deposits;
import org.wattmark.market.Exchange;
import org.wattmark.market.MarketRules;
import org.wattmark.market.RequestDeposit;
import org.wattmark.registry.Claims;
import org.wattmark.registry.Corrections;
import org.wattmark.registry.GranularCertificates;
import org.wattmark.registry.Interventions;
import org.wattmark.registry.Registry;
import org.wattmark.registry.Unwinding;
import org.wattmark.rewards.FeeAccounts;
import org.wattmark.rewards.Programmes;
import org.wattmark.rewards.Proposals;
import org.wattmark.rewards.Rewards;
import org.wattmark.rewards.Stakes;
import org.wattmark.rewards.StakingRules;
import org.wattmark.server.carboncred.api.CreditHandles;
import org.wattmark.server.certification.CertifiedModels;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;
import org.wattmark.server.log.JdbcCheckpoints;
import org.wattmark.server.log.JournalLeaves;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.metering.Imports;
import org.wattmark.server.metering.Meters;
import org.wattmark.server.metering.PacketMeters;
import org.wattmark.server.metering.RegisterMeters;
import org.wattmark.server.postgres.Database;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Trust;
import org.wattmark.units.Money;

/// Lets history go another way: somebody runs Wattmark's own machines on the database and signs
/// what comes of it, as the same log, with a key of their own.
final class Alternative {

    private static final int DEPOSITS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Alternative() {}

    /// @return what the forger's key signed
    static Audit.Signed of(Database database, Path keys, Audit.Signed honest) {
        var jdbc = JdbcClient.create(database.dataSource());
        depositsInto(database, DEPOSITS);
        long length = jdbc.sql("select next_sequence from leader").query(Long.class).single();
        var origin = honest.keys().getFirst().name();
        LogKey.make(keys, origin);
        var checkpoints = new JdbcCheckpoints(jdbc, InstantSource.system(), origin);
        var file = LogKey.fileIn(keys);
        try (var publisher =
                Publisher.start(file, new MemoryTiles(), checkpoints, new JournalLeaves(jdbc))) {
            assertThat(publisher.awaitCovering(length - 1, PATIENCE)).isTrue();
        }
        return AuditCommand.signedBy(file, Trust.NOBODY);
    }

    /// Somebody pays in, so often: what Wattmark's own machines make of it is honest.
    static void depositsInto(Database database, int deposits) {
        var account =
                JdbcClient.create(database.dataSource())
                        .sql("select min(account) from deposit")
                        .query(String.class)
                        .single();
        try (var sequencer = sequencerOn(database)) {
            for (int i = 0; i < deposits; i++) {
                deposit(sequencer, new AccountId(account), i);
            }
        }
    }

    private static void deposit(Sequencer sequencer, AccountId account, int number) {
        var id = UUID.randomUUID();
        var money = Money.of(1_000_000, "EUR");
        assertThat(
                        sequencer.apply(
                                new RequestDeposit(
                                        id, UUID.randomUUID(), account, money, "X" + number)))
                .isInstanceOf(DepositStep.Taken.class);
        assertThat(sequencer.apply(new ApproveDeposit(UUID.randomUUID(), UUID.randomUUID(), id)))
                .isInstanceOf(DepositStep.Taken.class);
    }

    private static Sequencer sequencerOn(Database database) {
        var random = new SecureRandom();
        var staging =
                new Staging(() -> {
                    var salt = new byte[Commitment.SALT_BYTES];
                    random.nextBytes(salt);
                    return salt;
                });
        var ledger = new Ledger(staging);
        var claims = new Claims(staging, Map.of(), new byte[32]);
        var registry = new Registry(staging, ledger, claims);
        var meters = new Meters(staging);
        var _ = new PacketMeters(staging, meters);
        var _ = new RegisterMeters(staging, meters);
        var _ = new CertifiedModels(staging);
        var exchange = new Exchange(staging, ledger, registry, MarketRules.STANDARD);
        var _ = new CreditHandles(staging, exchange, registry);
        var deposits = new Deposits(staging, ledger);
        var _ = new GranularCertificates(staging, ledger, claims);
        var interventions = new Interventions(staging, ledger, registry, Unwinding.NOTHING);
        var _ = new Corrections(staging, claims, registry, interventions);
        var programmes = new Programmes(staging, ledger);
        var rewards = new Rewards(staging, ledger, programmes);
        var _ = new Imports(staging, meters, claims, rewards);
        var stakes = new Stakes(staging, ledger, programmes, rewards, StakingRules.STANDARD);
        var nobody = AccountId.system("nobody");
        var _ = new Proposals(staging, programmes, stakes, new FeeAccounts(nobody, nobody));
        var outcomes = new OutcomeCodec(Stream.of(DepositStep.class));
        var journal = new JdbcJournal(database.dataSource(), outcomes, Books.tables());
        return Sequencer.on(journal, staging, InstantSource.system())
                .batchIds(UUID::randomUUID)
                .outcomeEncoder(outcomes::encode)
                .handle(RequestDeposit.class, deposits::request)
                .handle(ApproveDeposit.class, deposits::approve)
                .start();
    }
}
