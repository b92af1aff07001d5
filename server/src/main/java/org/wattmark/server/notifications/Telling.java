package org.wattmark.server.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.wattmark.server.security.Role;

/// Tells people what concerns them. To tell something twice is harmless: each source is told to a
/// person once.
///
/// What happens beside the journal is told by whoever writes it down, in the same transaction.
public final class Telling {

    private static final int PAGE = 200;

    private static final String NEW =
            """
            select sequence, part, kind, organisation_id, subject, detail, at from notice
            where sequence > coalesce((select sequence from notice_reach), -1)
            order by sequence, part limit :most
            """;

    private static final String KIND = "select kind from organisation where id = :id";

    /// In one statement, whoever they are and whatever each wishes. What waits for anybody is told
    /// to whom has read what was said of it before: the list of what waits shows the rest.
    private static final String TELL =
            """
            insert into notification (id, person_id, organisation_id, source, kind, subject, detail,
                at, in_app, mail, mail_after)
            select gen_random_uuid(), membership.person_id, organisation_id, :source, :kind,
                :subject, :detail, cast(:at as timestamptz), coalesce(wish.in_app, :inApp),
                case when coalesce(wish.mail, :mail) then 'DUE' else 'NONE' end,
                cast(:at as timestamptz)
            from membership
            left join notification_wish wish
                on wish.person_id = membership.person_id and wish.kind = :kind
            where roles && cast(:roles as text[])
                and (coalesce(wish.in_app, :inApp) or coalesce(wish.mail, :mail))
                and (organisation_id = cast(:organisation as uuid)
                    or cast(:organisation as uuid) is null and not exists (
                        select from notification waiting
                        where waiting.person_id = membership.person_id
                            and waiting.organisation_id = membership.organisation_id
                            and waiting.kind = :kind and waiting.read_at is null))
            on conflict (person_id, source) do nothing
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    Telling(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// What is told, whatever it comes from.
    ///
    /// @param source is told to each person once
    /// @param organisation whose people are told; of empty, whoever has the kind's role anywhere
    /// @param subject the id of what it is about
    /// @param detail what the kind's sentence says beside it
    public record Message(
            String source,
            Kind kind,
            Optional<UUID> organisation,
            String subject,
            String detail,
            Instant at) {}

    /// Tells of new notices, oldest first.
    ///
    /// @return whether there may be more
    boolean tellNew() {
        return Boolean.TRUE.equals(transactions.execute(_ -> tellPage()));
    }

    private boolean tellPage() {
        var notices = jdbc.sql(NEW).param("most", PAGE).query((row, _) -> notice(row)).list();
        boolean isFull = notices.size() == PAGE;
        if (notices.isEmpty()) {
            return false;
        }
        // The last entry of a full page may have more parts: it is left to the next page, unless it
        // is all of this one.
        long last = notices.getLast().sequence();
        boolean isOneEntry = notices.getFirst().sequence() == last;
        var whole =
                isFull && !isOneEntry
                        ? notices.stream().filter(each -> each.sequence() < last).toList()
                        : notices;
        for (var notice : whole) {
            tell(
                    new Message(
                            notice.source(),
                            notice.kind(),
                            notice.organisation(),
                            notice.subject(),
                            notice.detail(),
                            notice.at()));
        }
        jdbc.sql(
                        """
                        insert into notice_reach (sequence) values (:sequence)
                        on conflict (one) do update set sequence = excluded.sequence
                        """)
                .param("sequence", whole.getLast().sequence())
                .update();
        return isFull;
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                row.getLong("sequence"),
                row.getInt("part"),
                Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getObject("organisation_id", UUID.class)),
                row.getString("subject"),
                row.getString("detail"),
                row.getTimestamp("at").toInstant());
    }

    public void tell(Message message) {
        var usual = message.kind().usual();
        jdbc.sql(TELL)
                .param("organisation", message.organisation().orElse(null))
                .param("roles", Role.names(rolesTold(message)))
                .param("source", message.source())
                .param("kind", message.kind().name())
                .param("subject", message.subject())
                .param("detail", message.detail())
                .param("at", Timestamp.from(message.at()))
                .param("inApp", usual.inApp())
                .param("mail", usual.mail())
                .update();
    }

    /// Members hold roles from which others follow; whoever may be told by either is. Where anybody
    /// is told, only who was given the role by name.
    private Set<Role> rolesTold(Message message) {
        var audience = message.kind().audience();
        if (message.organisation().isEmpty()) {
            return audience;
        }
        return jdbc.sql(KIND)
                .param("id", message.organisation().get())
                .query((row, _) -> Role.valueOf(row.getString(1)))
                .optional()
                .map(kind ->
                        Arrays.stream(Role.values())
                                .filter(held ->
                                        Role.effective(Set.of(held), kind).stream()
                                                .anyMatch(audience::contains))
                                .collect(Collectors.toSet()))
                .orElse(Set.of()); // an account that belongs to nobody here
    }
}
