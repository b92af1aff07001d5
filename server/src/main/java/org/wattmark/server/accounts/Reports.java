package org.wattmark.server.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.wattmark.units.Bytes;

/// Inventories as they stood when somebody made a report of them, and the links that show one to
/// somebody outside.
final class Reports {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Figures figures;
    private final AccountNews news;

    Reports(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Figures figures,
            AccountNews news) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.figures = figures;
        this.news = news;
    }

    /// @param content JSON, whose SHA-256 is `sha256`
    record Report(
            UUID id,
            UUID organisation,
            int year,
            Bytes content,
            Bytes sha256,
            Instant recordedAt,
            @Nullable Instant publishedAt) {}

    record Share(
            UUID id,
            UUID report,
            String recipient,
            Instant expiresAt,
            @Nullable Instant revokedAt) {}

    Optional<Report> find(UUID organisation, UUID id) {
        return any(id).filter(report -> report.organisation().equals(organisation));
    }

    /// Whosever it is.
    Optional<Report> any(UUID id) {
        return jdbc.sql("select * from account_report where id = :id")
                .param("id", id)
                .query(Reports::report)
                .optional();
    }

    List<Report> page(UUID organisation, UUID after, int most) {
        return jdbc.sql(
                        """
                        select * from account_report
                        where organisation_id = :organisation and id > :after
                        order by id limit :most
                        """)
                .param("organisation", organisation)
                .param("after", after)
                .param("most", most)
                .query(Reports::report)
                .list();
    }

    private static Report report(ResultSet row, int number) throws SQLException {
        var published = row.getTimestamp("published_at");
        return new Report(
                row.getObject("id", UUID.class),
                row.getObject("organisation_id", UUID.class),
                row.getInt("year"),
                Bytes.of(row.getBytes("content")),
                Bytes.of(row.getBytes("sha256")),
                row.getTimestamp("recorded_at").toInstant(),
                published == null ? null : published.toInstant());
    }

    /// Writes a report with what it is compared by.
    ///
    /// @return false if the id is taken
    boolean add(Report report, Optional<Figures.Figure> figure, String by) {
        return Boolean.TRUE.equals(
                transactions.execute(_ -> {
                    boolean isNew = add(report, by);
                    if (isNew) {
                        figure.ifPresent(it -> figures.add(report.id(), report.year(), it));
                    }
                    return isNew;
                }));
    }

    private boolean add(Report report, String by) {
        return jdbc.sql(
                                """
                                insert into account_report (id, organisation_id, year, content,
                                    sha256, recorded_by)
                                values (:id, :organisation, :year, :content, :sha256, :by)
                                on conflict do nothing
                                """)
                        .param("id", report.id())
                        .param("organisation", report.organisation())
                        .param("year", report.year())
                        .param("content", report.content().toByteArray())
                        .param("sha256", report.sha256().toByteArray())
                        .param("by", by)
                        .update()
                == 1;
    }

    /// Once public, a report stays so: who has read it cannot unread it.
    void publish(Report report) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql(
                            """
                            update account_report set published_at = now()
                            where id = :id and published_at is null
                            """)
                    .param("id", report.id())
                    .update();
            news.published(report);
        });
    }

    boolean share(Report report, Share share, byte[] tokenHash, String by) {
        return Boolean.TRUE.equals(
                transactions.execute(_ -> {
                    boolean isNew = share(share, tokenHash, by);
                    if (isNew) {
                        news.shared(report, share);
                    }
                    return isNew;
                }));
    }

    private boolean share(Share share, byte[] tokenHash, String by) {
        return jdbc.sql(
                                """
                                insert into account_share (id, report_id, token_sha256, recipient,
                                    expires_at, recorded_by)
                                values (:id, :report, :token, :recipient, :expires, :by)
                                on conflict do nothing
                                """)
                        .param("id", share.id())
                        .param("report", share.report())
                        .param("token", tokenHash)
                        .param("recipient", share.recipient())
                        .param("expires", share.expiresAt().atOffset(java.time.ZoneOffset.UTC))
                        .param("by", by)
                        .update()
                == 1;
    }

    List<Share> sharesOf(UUID report) {
        return jdbc.sql("select * from account_share where report_id = :report order by id")
                .param("report", report)
                .query((row, _) -> {
                    var revoked = row.getTimestamp("revoked_at");
                    return new Share(
                            row.getObject("id", UUID.class),
                            report,
                            row.getString("recipient"),
                            row.getTimestamp("expires_at").toInstant(),
                            revoked == null ? null : revoked.toInstant());
                })
                .list();
    }

    boolean revoke(UUID report, UUID share) {
        return jdbc.sql(
                                """
                                update account_share set revoked_at = coalesce(revoked_at, now())
                                where id = :share and report_id = :report
                                """)
                        .param("share", share)
                        .param("report", report)
                        .update()
                == 1;
    }

    /// The report that a link shows now, if it shows any.
    Optional<Report> sharedBy(byte[] tokenHash, Instant now) {
        return jdbc.sql(
                        """
                        select * from account_share
                        where token_sha256 = :token and revoked_at is null and expires_at > :now
                        """)
                .param("token", tokenHash)
                .param("now", now.atOffset(java.time.ZoneOffset.UTC))
                .query((row, _) ->
                        new Opened(
                                row.getObject("id", UUID.class),
                                row.getObject("report_id", UUID.class),
                                row.getString("recipient"),
                                row.getTimestamp("opened_at") == null))
                .optional()
                .flatMap(opened -> any(opened.report()).map(report -> opened(report, opened)));
    }

    private record Opened(UUID share, UUID report, String recipient, boolean isFirst) {}

    /// Whoever made the link hears once that it was opened. Of two who open it at once one is told
    /// of.
    private Report opened(Report report, Opened opened) {
        if (opened.isFirst()) {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql(
                                """
                                update account_share set opened_at = now()
                                where id = :id and opened_at is null
                                """)
                        .param("id", opened.share())
                        .update();
                news.opened(report, opened.share(), opened.recipient());
            });
        }
        return report;
    }
}
