package org.wattmark.server.notifications;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What people wish to be told, and how.
final class Wishes {

    private final JdbcClient jdbc;

    Wishes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param inApp whether it stands in the list of the application
    /// @param mail whether it comes by mail too
    record Wish(Kind kind, boolean inApp, boolean mail) {}

    /// For every kind: what the person wishes, or what is usual.
    List<Wish> of(UUID person) {
        var own = own(person);
        return Arrays.stream(Kind.values())
                .map(kind -> own.getOrDefault(kind, kind.usual()))
                .toList();
    }

    private Map<Kind, Wish> own(UUID person) {
        var own = new EnumMap<Kind, Wish>(Kind.class);
        jdbc.sql("select kind, in_app, mail from notification_wish where person_id = :person")
                .param("person", person)
                .query(row -> {
                    var kind = Kind.valueOf(row.getString("kind"));
                    own.put(kind, new Wish(kind, row.getBoolean("in_app"), row.getBoolean("mail")));
                });
        return own;
    }

    void set(UUID person, Wish wish) {
        jdbc.sql(
                        """
                        insert into notification_wish (person_id, kind, in_app, mail)
                        values (:person, :kind, :inApp, :mail)
                        on conflict (person_id, kind)
                        do update set in_app = excluded.in_app, mail = excluded.mail
                        """)
                .param("person", person)
                .param("kind", wish.kind().name())
                .param("inApp", wish.inApp())
                .param("mail", wish.mail())
                .update();
    }
}
