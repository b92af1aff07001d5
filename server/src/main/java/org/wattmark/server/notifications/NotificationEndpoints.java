package org.wattmark.server.notifications;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;

/// What the person who asks was told, as a member of the organisation that they act for.
@RestController
@Tag(name = "Notifications")
class NotificationEndpoints {

    private static final String LIST =
            """
            select id, number, kind, subject, detail, at, read_at, mail from notification
            where person_id = :person and organisation_id = :organisation and in_app
                and number < :before and (read_at is null or not :unread)
            order by number desc limit :limit
            """;

    private final JdbcClient jdbc;
    private final Wishes wishes;
    private final InstantSource clock;

    NotificationEndpoints(JdbcClient jdbc, Wishes wishes, InstantSource clock) {
        this.jdbc = jdbc;
        this.wishes = wishes;
        this.clock = clock;
    }

    /// Something that concerns a person.
    ///
    /// @param title what happened, in a few words
    /// @param text what happened, and what to do
    /// @param subject the id of what it is about
    /// @param readAt when they said that they have read it
    /// @param mail whether it goes by mail too, and whether it went
    record NotificationView(
            UUID id,
            Kind kind,
            String title,
            String text,
            String subject,
            Instant at,
            @Nullable Instant readAt,
            MailState mail) {}

    enum MailState {
        NONE,
        DUE,
        SENT,
        GIVEN_UP
    }

    private record Numbered(long number, NotificationView view) {

        static Numbered of(ResultSet row) throws SQLException {
            var kind = Kind.valueOf(row.getString("kind"));
            var subject = row.getString("subject");
            var read = row.getTimestamp("read_at");
            return new Numbered(
                    row.getLong("number"),
                    new NotificationView(
                            row.getObject("id", UUID.class),
                            kind,
                            kind.title(),
                            kind.text(subject, row.getString("detail")),
                            subject,
                            row.getTimestamp("at").toInstant(),
                            read == null ? null : read.toInstant(),
                            MailState.valueOf(row.getString("mail"))));
        }
    }

    /// Newest first.
    ///
    /// @param unread true for those alone that nobody has said to have read
    @GetMapping("/api/v1/me/notifications")
    Page<NotificationView> notifications(
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        var rows =
                jdbc.sql(LIST)
                        .param("person", person(actor))
                        .param("organisation", actor.organisation())
                        .param("unread", unread)
                        .param("before", page.after(Long.MAX_VALUE, Long::parseLong))
                        .param("limit", page.fetch())
                        .query((row, _) -> Numbered.of(row))
                        .list();
        var numbered = page.over(rows, each -> Long.toString(each.number()));
        return new Page<>(
                numbered.data().stream().map(Numbered::view).toList(),
                numbered.nextCursor(),
                numbered.hasMore());
    }

    /// Says that it was read. To say it again changes nothing.
    @PutMapping("/api/v1/me/notifications/{id}/read")
    NotificationView read(@PathVariable UUID id, Actor actor) {
        return jdbc.sql(
                        """
                        update notification set read_at = coalesce(read_at, :now)
                        where id = :id and person_id = :person and organisation_id = :organisation
                        returning id, number, kind, subject, detail, at, read_at, mail
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .param("person", person(actor))
                .param("organisation", actor.organisation())
                .query((row, _) -> Numbered.of(row).view())
                .optional()
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "notification_unknown",
                                        "You were told nothing with the id " + id + ".")
                                .asException());
    }

    /// @param unread how many there are that nobody has said to have read
    record Count(long unread) {}

    /// How many notifications you have not said to have read.
    @GetMapping("/api/v1/me/notification-count")
    Count count(Actor actor) {
        return new Count(
                jdbc.sql(
                                """
                                select count(*) from notification
                                where person_id = :person and organisation_id = :organisation
                                    and in_app and read_at is null
                                """)
                        .param("person", person(actor))
                        .param("organisation", actor.organisation())
                        .query(Long.class)
                        .single());
    }

    /// @param title what the kind is of, in a few words
    record WishView(Kind kind, String title, boolean inApp, boolean mail) {

        static WishView of(Wishes.Wish wish) {
            return new WishView(wish.kind(), wish.kind().title(), wish.inApp(), wish.mail());
        }
    }

    record WishList(List<WishView> data) {}

    /// What one wishes to be told, by kind: what one has set, or else what is usual.
    @GetMapping("/api/v1/me/notification-wishes")
    WishList wishes(Actor actor) {
        return new WishList(wishes.of(person(actor)).stream().map(WishView::of).toList());
    }

    record WishBody(boolean inApp, boolean mail) {}

    /// Sets one of them, for what comes from now on.
    @PutMapping("/api/v1/me/notification-wishes/{kind}")
    WishView set(@PathVariable Kind kind, @RequestBody WishBody body, Actor actor) {
        var wish = new Wishes.Wish(kind, body.inApp(), body.mail());
        wishes.set(person(actor), wish);
        return WishView.of(wish);
    }

    private static UUID person(Actor actor) {
        actor.requirePerson("is told what concerns them");
        return UUID.fromString(actor.id());
    }
}
