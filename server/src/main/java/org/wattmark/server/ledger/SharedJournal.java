package org.wattmark.server.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Journal;

/// A journal that several servers share, of whom one leads.
///
/// Who takes the lead needs two things that a lonely server does not. A leader that was frozen in
/// the middle of a transaction holds the leader's row for as long as it is frozen: its session is
/// ended. And the lead that was taken is kept while the state is loaded, however long that takes.
final class SharedJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(SharedJournal.class);

    private static final Duration RENEWAL = LEASE.dividedBy(3);

    /// Ends the sessions of ours that write the leader's row, when its lease is over: whoever it is
    /// has not committed for so long. The transaction is undone, or its commit was already; the
    /// epoch, and not this, is what keeps the old leader from committing when it wakes.
    private static final String END_FROZEN =
            """
            select count(pg_terminate_backend(pid))
            from leader
            join pg_locks on pg_locks.relation = 'leader'::regclass
                and pg_locks.mode = 'RowExclusiveLock' and pg_locks.granted
                and pg_locks.database = (
                    select oid from pg_database where datname = current_database())
            join pg_stat_activity using (pid)
            where leads_until < clock_timestamp()
                and usename = session_user and pid <> pg_backend_pid()
            """;

    private final Journal journal;
    private final JdbcClient jdbc;
    private volatile long epoch;

    SharedJournal(Journal journal, DataSource dataSource) {
        this.journal = journal;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public long lead() {
        epoch = journal.lead();
        return epoch;
    }

    @Override
    public OptionalLong leadIfFree() {
        endFrozen();
        var lead = journal.leadIfFree();
        lead.ifPresent(it -> epoch = it);
        return lead;
    }

    private void endFrozen() {
        try {
            long ended = jdbc.sql(END_FROZEN).query(Long.class).single();
            if (ended > 0) {
                LOG.warn("ended {} sessions of a leader that was not heard of any more", ended);
            }
        } catch (DataAccessException e) {
            throw new Unreachable("the database does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public Loaded load() {
        var loaded = new CountDownLatch(1);
        var renewer = Thread.ofVirtual().name("lead-renewer").start(() -> renewUntil(loaded));
        try {
            return journal.load();
        } finally {
            loaded.countDown();
            renewer.interrupt();
        }
    }

    private void renewUntil(CountDownLatch loaded) {
        try {
            while (!loaded.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
                renewIfReachable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // loaded
        }
    }

    private void renewIfReachable() {
        try {
            var _ = journal.renew(epoch);
        } catch (Unreachable e) {
            LOG.warn("the lead is not renewed: {}", e.getMessage());
        }
    }

    @Override
    public boolean renew(long ofEpoch) {
        return journal.renew(ofEpoch);
    }

    @Override
    public void resign(long ofEpoch) {
        journal.resign(ofEpoch);
    }

    @Override
    public Map<UUID, Decided> decided(Collection<UUID> ids) {
        return journal.decided(ids);
    }

    @Override
    public Appended append(Batch batch) {
        return journal.append(batch);
    }

    @Override
    public boolean isCommitted(UUID batch) {
        return journal.isCommitted(batch);
    }
}
