package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.carboncred.HistoryAudit;
import org.wattmark.server.granular.GranularAudit;
import org.wattmark.server.interventions.LifeAudit;
import org.wattmark.server.ledger.AccountHistoryAudit;
import org.wattmark.server.ledger.AnswerAudit;
import org.wattmark.server.ledger.BalanceAudit;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.server.ledger.SettlementAudit;
import org.wattmark.server.market.TradeAudit;
import org.wattmark.server.metering.PacketAudit;
import org.wattmark.server.metering.ReadingAudit;
import org.wattmark.server.metering.RegisterAudit;
import org.wattmark.server.metering.UndoAudit;
import org.wattmark.server.organisations.AccessAudit;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.registry.ClaimAudit;
import org.wattmark.server.registry.PoolAudit;
import org.wattmark.server.registry.RetirementAudit;
import org.wattmark.server.registry.WorkflowAudit;
import org.wattmark.server.rewards.RewardAudit;
import picocli.CommandLine;

class AuditTest {

    /// For each check, what no other check would find.
    private static final Map<Class<? extends RowAudit>, String> ONLY_FOUND_BY =
            Map.ofEntries(
                    Map.entry(
                            LifeAudit.class,
                            "update cancellation set reason = 'Another ' || reason"),
                    Map.entry(
                            GranularAudit.class,
                            "update granular_retirement set beneficiary = 'A forger'"),
                    Map.entry(NullAudit.class, "update device set cap_and_trade_covered = null"),
                    Map.entry(SettlementAudit.class, "update settlement set moved = '{}'"),
                    Map.entry(
                            AccountHistoryAudit.class,
                            "insert into account_history values (1, 1, 0, '{1}', 7)"),
                    Map.entry(BalanceAudit.class, "update balance set may_be_overdrawn = true"),
                    Map.entry(AnswerAudit.class, "update command set outcome = outcome || ' '"),
                    Map.entry(
                            ReadingAudit.class,
                            "update reading_batch set energy_wh = energy_wh + 1"),
                    Map.entry(
                            PacketAudit.class,
                            "update packet set milliwatt_seconds = milliwatt_seconds + 1"),
                    Map.entry(
                            RegisterAudit.class,
                            "insert into register_progress select * from register_progress"),
                    Map.entry(
                            UndoAudit.class,
                            "update interval_undone set undone_by = undone_by + 1"),
                    Map.entry(PoolAudit.class, "update pool_share set watt_hours = watt_hours + 1"),
                    Map.entry(WorkflowAudit.class, "update claim_step set text = 'never said'"),
                    Map.entry(
                            ClaimAudit.class,
                            "update interval set allocated_wh = 0 where device_id in (select"
                                    + " device_id from allocation where use = 'CARBON_CREDIT')"),
                    Map.entry(
                            RetirementAudit.class,
                            "update retirement set beneficiary = 'A forger'"),
                    Map.entry(
                            HistoryAudit.class, "update imported_holding set holder = 'A forger'"),
                    Map.entry(AccessAudit.class, "update access_change set actor = 'a forger'"),
                    Map.entry(RewardAudit.class, "update reward set micros = micros + 1"),
                    Map.entry(
                            TradeAudit.class,
                            "update trade set fee_minor_units = 0,"
                                    + " proceeds_minor_units = price_minor_units"));

    private final History history = History.shared();

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    AuditTest() {}

    @Test
    void anHonestHistoryIsClean() {
        try (var auditor = Auditor.of(history.copy(), history.signed())) {
            var report = auditor.audit();

            assertThat(report.discrepancies()).isEmpty();
            assertThat(report.entries()).isEqualTo(history.moments().getLast());
            assertThat(report.root()).isEqualTo(history.signed().last().orElseThrow().root());
        }
    }

    /// So the tests of tampering can fail: each check finds what is its own, and nobody else does.
    @Test
    void whatACheckFindsIsMissedWithoutIt() {
        assertThat(Books.everyRowAudit())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(List.copyOf(ONLY_FOUND_BY.keySet()));
        try (var auditor = Auditor.of(Unguarded.copyOf(history), history.signed())) {
            ONLY_FOUND_BY.forEach((check, tampering) -> {
                auditor.jdbc().sql(tampering).update();

                var with = auditor.audit();
                var without = auditor.audit(history.signed(), allBut(check));

                assertThat(with.isClean()).as(tampering).isFalse();
                assertThat(without.discrepancies()).as(tampering).isEmpty();
                auditor.rollBack();
            });
        }
    }

    private static List<RowAudit> allBut(Class<? extends RowAudit> check) {
        return Books.everyRowAudit().stream().filter(each -> each.getClass() != check).toList();
    }

    @Test
    void aLeaderOfAnEarlierTermThanTheJournalsIsFound() {
        try (var auditor = Auditor.of(history.copy(), history.signed())) {
            auditor.jdbc().sql("update leader set epoch = epoch - 1").update();

            assertThat(auditor.audit().isClean()).isFalse();
        }
    }

    /// The columns whose value means nothing mean something by their order.
    @Test
    void tradesThatAreNumberedInAnotherOrderAreFound() {
        try (var auditor = Auditor.of(Unguarded.copyOf(history), history.signed())) {
            auditor.jdbc().sql("update trade set number = 1000 - number").update();

            assertThat(auditor.audit().isClean()).isFalse();
        }
    }

    /// The journal's end is gone with its checkpoints and all that followed from it: a database
    /// that was whole once. Only what the signer wrote down beside its key tells.
    @Test
    void aJournalThatLostItsEndWholeIsFoundByTheSignersRecordAlone() {
        try (var auditor = Auditor.of(Unguarded.copyOf(history), history.signed())) {
            for (int moment = 1; moment < history.moments().size(); moment++) {
                Unguarded.bringBack(auditor.jdbc(), moment);

                var found = auditor.audit();
                var withoutRecord =
                        auditor.audit(
                                new Audit.Signed(
                                        Optional.empty(), history.signed().keys(), List.of()),
                                Books.everyRowAudit());

                assertThat(found.firstBadSequence()).isEqualTo(history.moments().get(moment - 1));
                assertThat(found.discrepancies().toString()).contains("the journal lost its end");
                assertThat(withoutRecord.discrepancies()).isEmpty();
                auditor.rollBack();
            }
        }
    }

    /// Another history from some moment on, which agrees with itself in all, and which somebody
    /// else's key has signed under the log's name.
    @Test
    void anAlternativeHistoryIsFoundWhoeverSignedIt() {
        var database = history.copy();
        var jdbc = JdbcClient.create(database.dataSource());
        Unguarded.bringBackForGood(database, 4);
        jdbc.sql("delete from checkpoint").update();
        long untilThen = history.moments().get(3);

        var forger = Alternative.of(database, folder.resolve("keys"), history.signed());

        try (var auditor = Auditor.of(database, history.signed())) {
            var byForger = auditor.audit(forger, Books.everyRowAudit());
            var byAuditor = auditor.audit();
            assertThat(byForger.discrepancies()).isEmpty();
            assertThat(byForger.entries()).isGreaterThan(history.moments().getLast());
            assertThat(byAuditor.discrepancies().toString())
                    .contains("is not signed by the log alone")
                    .contains("the signer's record")
                    .contains("of another tree");
            assertThat(byAuditor.firstBadSequence())
                    .isBetween(untilThen, history.moments().getLast() - 1);
        }
    }

    @Test
    void theCommandNamesTheFirstBadEntryAndFails() {
        var database = history.copy();
        JdbcClient.create(database.dataSource())
                .sql("update journal set at = at + interval '1 microsecond' where sequence = 7")
                .update();

        var honest = auditCommand(history.copy());
        var tampered = auditCommand(database);

        assertThat(honest.code()).as(honest.out()).isZero();
        assertThat(honest.out()).contains("OK: everything agrees");
        assertThat(tampered.code()).isEqualTo(1);
        assertThat(tampered.out())
                .contains("WRONG  entry 7: its row differs from its leaf")
                .contains("first bad entry: 7");
    }

    private record Answer(int code, String out) {}

    private Answer auditCommand(Database database) {
        var out = new StringWriter();
        var url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        var data = history.keyFile().resolve("../..").normalize();
        int code =
                new CommandLine(new AuditCommand())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "--data",
                                String.valueOf(data),
                                "--database-url",
                                "postgresql://%s:%s@%s%s"
                                        .formatted(
                                                database.user(),
                                                database.password(),
                                                url.getAuthority(),
                                                url.getPath()));
        return new Answer(code, out.toString());
    }
}
