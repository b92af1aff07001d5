package org.wattmark.server.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.server.secrets.RandomSecret;

/// A PostgreSQL server of our own: durable, on this machine only, and started again when it dies.
///
/// Below its home lie `cluster/` (the data), `password` (the superuser's, readable by the owner
/// only), `postgres.log` and `lock`, which one living Wattmark holds. Everything there survives
/// `kill -9` of either process: acknowledged means flushed to disk.
public final class PostgresCluster implements AutoCloseable {

    static final String SUPERUSER = "postgres";

    /// Owns the databases and nothing else.
    private static final String OWNER = "wattmark";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    private final Postmaster postmaster;
    private final FileChannel lock;
    private final int port;
    private final String superuserPassword;

    /// New at every start and kept in memory alone.
    private final String ownerPassword = RandomSecret.make();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread supervisor;
    private volatile Process process;

    private PostgresCluster(
            Postmaster postmaster, FileChannel lock, String superuserPassword, Process process) {
        this.postmaster = postmaster;
        this.lock = lock;
        this.superuserPassword = superuserPassword;
        this.process = process;
        this.port = postmaster.file().orElseThrow().port();
        this.supervisor = Thread.ofVirtual().name("postgres-supervisor").unstarted(this::supervise);
    }

    /// Starts the server on the data below `home`, which it makes on the first start.
    ///
    /// @throws UnusableDatabase when another living process uses the same folder
    public static PostgresCluster start(PostgresBinaries binaries, Path home) {
        return start(binaries, home, List.of());
    }

    static PostgresCluster start(PostgresBinaries binaries, Path home, List<String> settings) {
        var folder = home.toAbsolutePath().normalize();
        var lock = lock(folder);
        try {
            var passwordFile = passwordIn(folder);
            var password = OwnerOnlyFile.readOrCreate(passwordFile, RandomSecret::make);
            var postmaster = new Postmaster(binaries, folder, settings);
            postmaster.makeCluster(passwordFile);
            var process = postmaster.launch(0);
            var cluster = new PostgresCluster(postmaster, lock, password, process);
            cluster.makeOwner();
            cluster.supervisor.start();
            return cluster;
        } catch (IOException | RuntimeException e) {
            unlock(lock);
            throw e instanceof IOException io
                    ? new UncheckedIOException("PostgreSQL did not start", io)
                    : (RuntimeException) e;
        }
    }

    /// The database `name` of the server that another process runs on `home`: empty when none runs.
    ///
    /// The owner's password is in that process's memory alone, so this is the superuser's
    /// connection with the owner's role, and what it makes belongs to the owner.
    public static Optional<Database> runningAt(Path home, String name) {
        return PostmasterFile.read(home.resolve("cluster"))
                .filter(PostmasterFile::ready)
                .filter(file -> ProcessHandle.of(file.processId()).isPresent())
                .map(file ->
                        new Database(
                                url(file.port(), name) + "?options=-c%20role%3D" + OWNER,
                                SUPERUSER,
                                OwnerOnlyFile.read(passwordIn(home))));
    }

    private static Path passwordIn(Path home) {
        return home.resolve("password");
    }

    private static String url(int port, String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /// The database `name` as the role that owns it and may do nothing beyond.
    public Database database(String name) {
        return new Database(url(port, name), OWNER, ownerPassword);
    }

    /// The database `name` as the superuser, whom nothing stops: for audits and for tests.
    public Database asSuperuser(String name) {
        return new Database(url(port, name), SUPERUSER, superuserPassword);
    }

    /// Makes the database `name` unless it is there.
    public void makeDatabase(String name) {
        try (var connection = asSuperuser("postgres").dataSource().getConnection()) {
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                execute(connection, "create database \"" + name + "\" owner " + OWNER);
            }
        } catch (SQLException e) {
            throw new UnusableDatabase("cannot make the database " + name, e);
        }
    }

    /// The number of the server's process, as long as it lives.
    public long processId() {
        return process.pid();
    }

    private void makeOwner() {
        try (var connection = asSuperuser("postgres").dataSource().getConnection()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", OWNER)) {
                execute(connection, "create role " + OWNER + " login");
            }
            execute(connection, "alter role " + OWNER + " password '" + ownerPassword + "'");
        } catch (SQLException e) {
            stop();
            throw new UnusableDatabase("PostgreSQL does not take our password", e);
        }
    }

    private static boolean exists(Connection connection, String question, String name)
            throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Starts the server again, on the same port, each time that it ends without our asking.
    private void supervise() {
        try {
            while (true) {
                int status = process.waitFor();
                if (stopping.getCount() == 0) {
                    return;
                }
                LOG.warn("PostgreSQL ended with status {}; starting it again", status);
                if (!startAgain()) {
                    return;
                }
                if (stopping.getCount() == 0) {
                    // Whoever stops it has perhaps seen the one before, and waits for this thread.
                    postmaster.stop(process.toHandle());
                    return;
                }
                LOG.info("PostgreSQL is back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startAgain() throws InterruptedException {
        while (!stopping.await(0, SECONDS)) {
            try {
                process = postmaster.launch(port);
                return true;
            } catch (IOException | RuntimeException e) {
                LOG.error("PostgreSQL does not start; trying again in 5 seconds", e);
                if (stopping.await(5, SECONDS)) {
                    return false;
                }
            }
        }
        return false;
    }

    /// Stops the server: what was committed is on disk already, so this only ends it tidily.
    @Override
    public void close() {
        stop();
        unlock(lock);
    }

    private void stop() {
        stopping.countDown();
        postmaster.stop(process.toHandle());
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The supervisor may have been in the middle of starting it again.
        postmaster.stop(process.toHandle());
    }

    /// Taken for as long as we live: the kernel frees it even after `kill -9`.
    private static FileChannel lock(Path home) {
        var file = home.resolve("lock");
        try {
            OwnerOnlyFile.makeFolder(home);
            var channel = FileChannel.open(file, CREATE, WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new UnusableDatabase(
                        "another Wattmark is running on "
                                + home.getParent()
                                + "; stop it, or choose another folder with --data");
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    @SuppressWarnings("resource") // closing the channel frees the lock
    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this very process
        }
    }

    private static void unlock(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
