package org.wattmark.server.log;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.wattmark.ledger.Sequencer;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.Cosigners;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.KeyVault;
import org.wattmark.tlog.Leaves;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.Tiles;
import org.wattmark.tlog.UnreadableTileException;

/// Publishes the journal while this server leads: a moment after each commit, a signed checkpoint
/// covers it.
///
/// The sequencer's word is only a signal, and brings the leaves that it has at hand; all others are
/// read from the journal, so a signal that is lost costs a second and nothing else. What a disk or
/// database does wrong is tried again; what contradicts the signed past ends the signing, for good.
///
/// Witnesses are asked before a checkpoint is published. One that does not answer holds nothing up:
/// its cosignature is added when it comes, while the checkpoint is still the latest.
public final class Publisher implements Consumer<Sequencer.Event>, AutoCloseable {

    /// Between two checkpoints. It bounds their number under load to four a second.
    static final Duration PACE = Duration.ofMillis(250);

    /// How often to look at the journal without a signal, and to try again after trouble.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// How long a clean stop may take before the server goes on without.
    private static final Duration STOP = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /// So many leaves at most are between two checkpoints: 4 MiB of hashes.
    private static final int MOST_LEAVES = 131_072;

    /// Before this server has led; and for good where there is only one.
    private static final long NO_EPOCH = -1;

    /// How often what looks like a contradiction is looked at anew before signing ends for good: a
    /// leader that woke up may have published in between, for the last time.
    private static final int LOOKS = 3;

    private final Path keyFile;
    private final KeyVault vault;
    private final Tiles tiles;
    private final Checkpoints checkpoints;
    private final Cosigners witnesses;
    private final RecentLeaves leaves;
    private final LongSupplier leader;

    private final Thread thread = Thread.ofPlatform().name("publisher").unstarted(this::run);
    private final Semaphore signal = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    private @Nullable Signer signer;
    private volatile @Nullable Log log;
    private volatile @Nullable String trouble;
    private volatile @Nullable String refusal;
    private volatile long epoch = NO_EPOCH;
    private volatile long publishedByOthers;

    private Publisher(
            Path keyFile,
            KeyVault vault,
            Tiles tiles,
            Checkpoints checkpoints,
            Cosigners witnesses,
            Leaves journal,
            LongSupplier leader) {
        this.keyFile = keyFile;
        this.vault = vault;
        this.tiles = tiles;
        this.checkpoints = checkpoints;
        this.witnesses = witnesses;
        this.leaves = new RecentLeaves(journal);
        this.leader = leader;
    }

    /// Opens the log, publishes what the journal has and the log has not, and goes on from there. A
    /// key or a journal that must not be used is no exception here: see [#complaint].
    public static Publisher start(
            Path keyFile, Tiles tiles, Checkpoints checkpoints, Leaves journal) {
        return start(keyFile, tiles, checkpoints, Cosigners.NONE, journal);
    }

    /// The same with witnesses.
    static Publisher start(
            Path keyFile,
            Tiles tiles,
            Checkpoints checkpoints,
            Cosigners witnesses,
            Leaves journal) {
        return start(
                keyFile, KeyVault.NONE, tiles, checkpoints, witnesses, journal, () -> NO_EPOCH);
    }

    /// The same beside other servers: it publishes only while this one leads.
    ///
    /// @param vault where keys lie of which the file has the place only
    /// @param leader the epoch of whoever leads, as the database has it
    static Publisher start(
            Path keyFile,
            KeyVault vault,
            Tiles tiles,
            Checkpoints checkpoints,
            Cosigners witnesses,
            Leaves journal,
            LongSupplier leader) {
        var publisher =
                new Publisher(keyFile, vault, tiles, checkpoints, witnesses, journal, leader);
        publisher.attempt(publisher::publish);
        publisher.thread.start();
        return publisher;
    }

    /// Called on the sequencer's thread: it only takes note.
    @Override
    public void accept(Sequencer.Event event) {
        switch (event) {
            case Sequencer.Event.Committed(var batch) -> {
                leaves.add(batch.entries());
                signal.release();
            }
            case Sequencer.Event.Leads(var newEpoch) -> {
                epoch = newEpoch;
                signal.release();
            }
            default -> {}
        }
    }

    /// Why nothing is published at present, or never will be again; empty when all is well.
    public Optional<String> complaint() {
        var forGood = refusal;
        return Optional.ofNullable(forGood != null ? forGood : trouble);
    }

    /// Whether signing has ended for good.
    public boolean hasRefused() {
        return refusal != null;
    }

    /// Waits until a checkpoint covers the entry, and says whether one does.
    public boolean awaitCovering(long sequence, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!covers(sequence) && refusal == null && stop.getCount() > 0 && left > 0) {
                left = progress.awaitNanos(left);
            }
            return covers(sequence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return covers(sequence);
        } finally {
            lock.unlock();
        }
    }

    private boolean covers(long sequence) {
        var open = log;
        long published = open == null ? publishedByOthers : open.latest().checkpoint().size();
        return sequence < published;
    }

    /// Publishes what is committed and lets go of the key.
    @Override
    public void close() {
        stop.countDown();
        signal.release();
        tellWaiters();
        try {
            if (!thread.join(STOP)) {
                LOG.error("the log's publisher does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean stopping = false;
            while (!stopping && refusal == null) {
                signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
                attempt(this::publish);
                stopping = stop.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
            }
            attempt(this::publish); // what was committed since
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            letGoOfKey();
        }
    }

    private void attempt(Runnable step) {
        if (refusal != null) {
            return;
        }
        try {
            runLookingTwice(step);
            trouble = null;
        } catch (Founding.Pending e) {
            trouble = e.getMessage();
        } catch (DataAccessException | UncheckedIOException | UnreadableTileException e) {
            if (trouble == null) {
                LOG.warn("the log falls behind the journal until this passes", e);
            }
            trouble = "the log cannot be written: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            refuse(e);
        }
        tellWaiters();
    }

    /// What contradicts the signed past does so each time that disk and database are asked.
    private void runLookingTwice(Runnable step) {
        for (int looks = 1; ; looks++) {
            try {
                step.run();
                return;
            } catch (SigningRefusedException | IllegalStateException e) {
                if (looks == LOOKS) {
                    throw e;
                }
                LOG.warn("looking again: {}", e.getMessage());
                log = null;
            }
        }
    }

    /// The end of all signing: whatever the cause, it must be understood before anything is signed
    /// after it.
    private void refuse(Throwable cause) {
        refusal = "nothing more is signed: " + cause.getMessage();
        LOG.error("ALARM: {}", refusal, cause);
        letGoOfKey();
    }

    /// Another server publishes, or will.
    private void standBy() {
        log = null;
        letGoOfKey();
        publishedByOthers = checkpoints.latest().map(it -> it.checkpoint().size()).orElse(0L);
    }

    private void open() {
        if (Founding.pending(keyFile).isPresent()) {
            throw new Founding.Pending();
        }
        var holder = signer;
        if (holder == null) {
            holder = Signer.open(keyFile, vault);
            signer = holder;
        }
        log = Log.open(tiles, checkpoints, holder, witnesses, leaves);
    }

    private void publish() {
        if (leader.getAsLong() != epoch) {
            standBy();
            return;
        }
        if (trouble != null || log == null) {
            open(); // what became of the last attempt is asked of the disk and the database
        }
        var open = log;
        boolean more = open != null;
        while (more && open != null) {
            long size = open.latest().checkpoint().size();
            var fresh = leavesFrom(size);
            if (fresh.isEmpty()) {
                open.cosign();
            } else {
                open.append(size, fresh);
                tellWaiters();
            }
            more = fresh.size() >= MOST_LEAVES;
        }
    }

    /// All that there is, in one go: the fewer checkpoints, the fewer partial tiles.
    private List<Hash> leavesFrom(long size) {
        var fresh = new ArrayList<Hash>();
        while (fresh.size() < MOST_LEAVES) {
            var more = leaves.from(size + fresh.size());
            if (more.isEmpty()) {
                break;
            }
            fresh.addAll(more);
        }
        return fresh;
    }

    private void tellWaiters() {
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void letGoOfKey() {
        var holder = signer;
        if (holder != null) {
            holder.close();
            signer = null;
        }
    }
}
