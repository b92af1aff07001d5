package org.wattmark.server.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections of which some fail with an error of PostgreSQL's, at a statement or at the commit,
/// and then have done nothing of what they were asked.
final class TroubledSource extends DelegatingDataSource {

    /// Where a connection may fail. A commit that fails is rolled back first.
    private static final List<String> MAY_FAIL = List.of("prepareStatement", "commit");

    /// Whether the next connection fails, and how.
    interface Trouble {
        @Nullable SQLException next();
    }

    private final Trouble trouble;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    TroubledSource(DataSource source, Trouble trouble) {
        super(source);
        this.trouble = trouble;
    }

    /// How many failed.
    int count() {
        return count.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        var failure = trouble.next();
        var where = MAY_FAIL.get(connections.getAndIncrement() % MAY_FAIL.size());
        InvocationHandler handler =
                (_, method, arguments) -> {
                    if (failure != null && method.getName().equals(where)) {
                        fail(connection, failure);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        return (Connection)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private void fail(Connection connection, SQLException failure) throws SQLException {
        count.incrementAndGet();
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        throw failure;
    }
}
