package org.wattmark.server.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityFinding;
import org.wattmark.server.accounts.Activities.Row;
import org.wattmark.units.Bytes;

/// Files of bills that were taken in, and taken back.
final class Imports {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Activities activities;
    private final AccountNews news;

    Imports(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Activities activities,
            AccountNews news) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.activities = activities;
        this.news = news;
    }

    /// @param options what the sender said about the file, as one text
    record Import(
            UUID id,
            String fileName,
            Bytes sha256,
            String options,
            int activities,
            Instant recordedAt,
            String recordedBy,
            @Nullable Instant undoneAt) {}

    Optional<Import> find(UUID organisation, UUID id) {
        return jdbc.sql(
                        """
                        select * from activity_import
                        where id = :id and organisation_id = :organisation
                        """)
                .param("id", id)
                .param("organisation", organisation)
                .query(Imports::row)
                .optional();
    }

    boolean isTaken(UUID id) {
        return jdbc.sql("select count(*) from activity_import where id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    List<Import> page(UUID organisation, UUID after, int most) {
        return jdbc.sql(
                        """
                        select * from activity_import
                        where organisation_id = :organisation and id > :after
                        order by id limit :most
                        """)
                .param("organisation", organisation)
                .param("after", after)
                .param("most", most)
                .query(Imports::row)
                .list();
    }

    private static Import row(ResultSet row, int number) throws SQLException {
        var undone = row.getTimestamp("undone_at");
        return new Import(
                row.getObject("id", UUID.class),
                row.getString("file_name"),
                Bytes.of(row.getBytes("file_sha256")),
                row.getString("options"),
                row.getInt("activities"),
                row.getTimestamp("recorded_at").toInstant(),
                row.getString("recorded_by"),
                undone == null ? null : undone.toInstant());
    }

    /// Stores all good rows in one transaction, the commit point: a file is in or it is not.
    void take(
            UUID organisation,
            UUID id,
            String fileName,
            byte[] sha256,
            String options,
            List<BillRow> rows,
            List<ActivityFinding> found,
            String by) {
        var good =
                rows.stream()
                        .filter(BillRow::isGood)
                        .map(row -> new Row(activity(row), Math.toIntExact(row.line), null))
                        .toList();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql(
                            """
                            insert into activity_import (id, organisation_id, file_name,
                                file_sha256, options, activities, recorded_by)
                            values (:id, :organisation, :name, :sha256, :options, :count, :by)
                            """)
                    .param("id", id)
                    .param("organisation", organisation)
                    .param("name", fileName)
                    .param("sha256", sha256)
                    .param("options", options)
                    .param("count", good.size())
                    .param("by", by)
                    .update();
            activities.insert(organisation, id, good, by);
            news.imported(organisation, id, fileName, good.size(), rows.size());
            news.found(organisation, "import/" + id, "import " + id, found);
        });
    }

    private static Activity activity(BillRow row) {
        return java.util.Objects.requireNonNull(row.activity, "a good row has an activity");
    }

    /// What came of taking a file back.
    enum Undone {
        UNDONE,
        /// Some of its activities were corrected or withdrawn since: those would come to nothing.
        CORRECTED_SINCE
    }

    /// Undoes it once; again it does nothing.
    Undone undo(UUID id, String by) {
        int corrected =
                jdbc.sql(
                                """
                                select count(*) from activity
                                join activity as newer on newer.replaces = activity.id
                                where activity.import_id = :id
                                """)
                        .param("id", id)
                        .query(Integer.class)
                        .single();
        if (corrected > 0) {
            return Undone.CORRECTED_SINCE;
        }
        jdbc.sql(
                        """
                        update activity_import set undone_at = now(), undone_by = :by
                        where id = :id and undone_at is null
                        """)
                .param("id", id)
                .param("by", by)
                .update();
        return Undone.UNDONE;
    }
}
