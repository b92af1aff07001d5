package org.wattmark.server.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.TestPostgres;

/// PostgreSQL forgets, under a running server, what it had acknowledged: after that nothing more is
/// decided, and everybody is told.
class LostJournalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Database database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc =
            JdbcClient.create(TestPostgres.asSuperuser(database).dataSource());
    private final SequencerWatch watch = new SequencerWatch();

    private Sequencer start() {
        var staging = new Staging(() -> new byte[Commitment.SALT_BYTES]);
        var codec = new OutcomeCodec(Stream.of(OpenAccounts.Opened.class));
        var journal = new JdbcJournal(database.dataSource(), codec, List.of());
        return Sequencer.on(new SharedJournal(journal, database.dataSource()), staging, clock())
                .handle(OpenAccounts.class, new Ledger(staging)::open)
                .outcomeEncoder(codec::encode)
                .listener(watch)
                .standBy();
    }

    private static InstantSource clock() {
        return InstantSource.system();
    }

    private static OpenAccounts open(String account) {
        return OpenAccounts.of(new Account(new AccountId(account), Account.Kind.HOLDER));
    }

    /// As if the last batch had never been.
    private void forgetTheEnd() {
        long first = jdbc.sql("select max(first_sequence) from batch").query(Long.class).single();
        for (var table : List.of("journal", "command")) {
            jdbc.sql("delete from " + table + " where sequence >= ?").param(first).update();
        }
        jdbc.sql("delete from account where number >= ?").param(first).update();
        jdbc.sql("delete from batch where first_sequence = ?").param(first).update();
        jdbc.sql("delete from settlement where next_sequence > ?").param(first).update();
        jdbc.sql("update leader set next_sequence = ?, settled_sequence = ?")
                .params(first, first)
                .update();
    }

    @Test
    void decidesNothingMoreWhenTheJournalHasLostItsEnd() {
        try (var sequencer = start()) {
            assertThat(watch.awaitLead(PATIENCE)).isTrue();
            sequencer.apply(open("holder:1"));
            sequencer.apply(open("holder:2"));
            assertThat(watch.health().getStatus()).isEqualTo(Status.UP);

            forgetTheEnd();

            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> sequencer.apply(open("holder:3")))
                        .isInstanceOf(Sequencer.Unavailable.class);
            }
            assertThat(sequencer.isRunning()).isFalse();
            assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(watch.trouble().orElseThrow()).contains("the journal does not end before");
            thenClientsHear("writes_stopped", "30");
        }
    }

    /// A standby says so, and means neither of the two other troubles.
    @Test
    void aServerThatStandsByIsReadyAndRefersWritesToTheLeader() {
        try (var leader = start()) {
            assertThat(watch.awaitLead(PATIENCE)).isTrue();
            var other = new SequencerWatch();

            other.accept(new Sequencer.Event.Leads(1));
            assertThat(other.health().getStatus()).isEqualTo(Status.UP);
            other.accept(new Sequencer.Event.Fenced());

            assertThat(other.health().getStatus()).isEqualTo(SequencerWatch.STANDING_BY);
            assertThat(other.trouble()).isEmpty();
            assertThat(leader.isLeading()).isTrue();
            thenClientsHear("outcome_unknown", "2");
            thenClientsHear(other, "not_leading", "1");
        }
    }

    private void thenClientsHear(String code, String retryAfter) {
        thenClientsHear(watch, code, retryAfter);
    }

    private static void thenClientsHear(SequencerWatch watch, String code, String retryAfter) {
        var answer = new LedgerProblems(watch).unavailable(new Sequencer.Unavailable("why"));
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo(retryAfter);
        assertThat(new String((byte[]) Objects.requireNonNull(answer.getBody()), UTF_8))
                .contains("\"code\":\"" + code + "\"");
    }
}
