package org.wattmark.server.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.mail.Mail;
import org.wattmark.server.mail.Outbox;
import org.wattmark.server.settings.ServerSettings;

/// Sends by mail what people wish to have by mail. A crash between the sending and its being noted
/// sends a mail again; none is lost.
final class Mailing {

    private static final int PAGE = 50;

    /// A mail server that is down for a day loses nobody's mail: 1, 2, 4 … minutes, at most an hour
    /// apart.
    private static final int MOST_ATTEMPTS = 30;

    private static final String DUE =
            """
            select notification.id, email, notification.kind, subject, detail, organisation.name,
                mail_attempts
            from notification
            join person on person.id = person_id
            join organisation on organisation.id = notification.organisation_id
            where mail = 'DUE' and mail_after <= :now
            order by number limit :most
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final ServerSettings settings;
    private final InstantSource clock;

    Mailing(JdbcClient jdbc, Outbox outbox, ServerSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    private record Due(UUID id, Mail mail, int attempts) {}

    void sendDue() {
        var due =
                jdbc.sql(DUE)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("most", PAGE)
                        .query((row, _) -> due(row))
                        .list();
        for (var each : due) {
            if (outbox.send(each.mail())) {
                note(each, "SENT");
            } else {
                note(each, each.attempts() + 1 < MOST_ATTEMPTS ? "DUE" : "GIVEN_UP");
            }
        }
    }

    private Due due(ResultSet row) throws SQLException {
        var kind = Kind.valueOf(row.getString("kind"));
        var text =
                """
                %s

                For %s. All that you were told is at %s/api/v1/me/notifications;
                what comes by mail is set at %s/api/v1/me/notification-wishes.
                """
                        .formatted(
                                kind.text(row.getString("subject"), row.getString("detail")),
                                row.getString("name"),
                                settings.baseUrl(),
                                settings.baseUrl());
        return new Due(
                row.getObject("id", UUID.class),
                new Mail(row.getString("email"), kind.title(), text),
                row.getInt("mail_attempts"));
    }

    private void note(Due due, String state) {
        var pause = Duration.ofMinutes(Math.min(60, 1L << Math.min(due.attempts(), 6)));
        jdbc.sql(
                        """
                        update notification set mail = :state, mail_attempts = mail_attempts + 1,
                            mail_after = :after
                        where id = :id
                        """)
                .param("state", state)
                .param("after", Timestamp.from(clock.instant().plus(pause)))
                .param("id", due.id())
                .update();
    }
}
