package org.wattmark.server.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.server.postgres.Database;

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
        var codec = new OutcomeCodec(Stream.of());
        var journal = new JdbcJournal(source, codec, Books.tables());
        return new Audit(jdbc(), new Books(rowAudits), journal, against, _ -> {}).run();
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
