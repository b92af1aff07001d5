package org.wattmark.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The control of what watches all tests over HTTP.
class OneConnectionEachTest {

    private static OneConnectionEach.Watched pool() {
        var config = new HikariConfig();
        config.setDataSource(TestPostgres.freshDatabase().dataSource());
        return new OneConnectionEach.Watched(config);
    }

    private static int inAnotherThread(IntSupplier question) {
        return CompletableFuture.supplyAsync(question::getAsInt).join();
    }

    private static int one(JdbcClient jdbc) {
        return jdbc.sql("select 1").query((row, _) -> row.getInt(1)).single();
    }

    @Test
    void oneAfterTheOtherIsFine() {
        try (var pool = pool()) {
            var jdbc = JdbcClient.create(pool);

            assertThat(inAnotherThread(() -> one(jdbc) + one(jdbc))).isEqualTo(2);
        }
    }

    @Test
    void aQuestionOutOfTheRowsOfAnotherIsCaught() {
        try (var pool = pool()) {
            var jdbc = JdbcClient.create(pool);

            assertThatThrownBy(() ->
                            inAnotherThread(
                                    () -> jdbc.sql("select 1").query((_, _) -> one(jdbc)).single()))
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("a second connection, while the first is held");
        }
    }
}
