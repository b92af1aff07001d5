package org.wattmark.server.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;

/// Catches whoever asks for a second connection while one is held: a question to the database out
/// of the rows of another, or a stream of rows that was not closed. As many of these at once as the
/// pool has connections wait for each other until all give up, which no test with one client sees.
///
/// The test's own thread may hold as many as it likes.
final class OneConnectionEach implements BeanPostProcessor {

    private static final String OF_THE_TEST = "main";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool ? new Watched(pool) : bean;
    }

    /// The same pool, which looks at who asks it.
    static final class Watched extends HikariDataSource {

        private final ThreadLocal<AtomicInteger> held = ThreadLocal.withInitial(AtomicInteger::new);

        Watched(HikariConfig pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var mine = held.get();
            if (mine.get() > 0 && !Thread.currentThread().getName().equals(OF_THE_TEST)) {
                throw new AssertionError("a second connection, while the first is held");
            }
            var connection = super.getConnection();
            mine.incrementAndGet();
            return untilClosed(connection, mine);
        }

        private static Connection untilClosed(Connection connection, AtomicInteger held) {
            return (Connection)
                    Proxy.newProxyInstance(
                            Connection.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (_, method, arguments) -> {
                                if (method.getName().equals("close") && !connection.isClosed()) {
                                    held.decrementAndGet();
                                }
                                try {
                                    return method.invoke(connection, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }
    }
}
