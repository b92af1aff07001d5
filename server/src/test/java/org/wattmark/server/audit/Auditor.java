package org.wattmark.server.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.server.postgres.Database;
import org.wattmark.tlog.Tiles;

/// Audits through one connection, so that it sees what its transaction did to the history and has
/// not committed.
final class Auditor implements AutoCloseable {

    private final Connection connection;
    private final SingleConnectionDataSource source;
    private final Audit.Signed signed;

    private Auditor(Connection connection, Audit.Signed signed) {
        this.connection = connection;
        this.source = new SingleConnectionDataSource(connection, true);
        this.signed = signed;
    }

    static Auditor of(Database database, Audit.Signed signed) {
        try {
            var connection = database.dataSource().getConnection();
            connection.setAutoCommit(false);
            return new Auditor(connection, signed);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    JdbcClient jdbc() {
        return JdbcClient.create(source);
    }

    Audit.Report audit() {
        return audit(signed, Books.everyRowAudit());
    }

    Audit.Report audit(Audit.Signed against, List<RowAudit> rowAudits) {
        return audit(against, rowAudits, Optional.empty());
    }

    /// @param tiles as they were published, to name the first bad entry exactly
    Audit.Report audit(Optional<Tiles> tiles) {
        return audit(signed, Books.everyRowAudit(), tiles);
    }

    private Audit.Report audit(
            Audit.Signed against, List<RowAudit> rowAudits, Optional<Tiles> tiles) {
        var codec = new OutcomeCodec(Stream.of());
        var journal = new JdbcJournal(source, codec, Books.tables());
        return new Audit(source, new Books(rowAudits), journal, against, tiles, _ -> {}).run();
    }

    /// Undoes what was tried.
    void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        rollBack();
        source.destroy();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
