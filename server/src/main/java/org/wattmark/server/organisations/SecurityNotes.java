package org.wattmark.server.organisations;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.problem.ProblemException;
import org.wattmark.server.security.SecurityEvent;

/// Writes down what happens to how people sign in, in the history of each organisation that they
/// act for.
class SecurityNotes {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityNotes.class);

    private final AccessBook book;
    private final JdbcClient jdbc;

    SecurityNotes(AccessBook book, JdbcClient jdbc) {
        this.book = book;
        this.jdbc = jdbc;
    }

    @EventListener
    void note(SecurityEvent event) {
        jdbc.sql("select organisation_id from membership where person_id = :person")
                .param("person", event.person())
                .query(UUID.class)
                .list()
                .forEach(organisation -> note(organisation, event));
    }

    /// Whoever signs in is not kept waiting or out by a journal that does not answer just now.
    private void note(UUID organisation, SecurityEvent event) {
        var person = event.person().toString();
        var change =
                new AccessChanged(
                        AccessChanged.Kind.valueOf(event.kind().name()),
                        organisation,
                        event.bySelf() ? person : AccessChanged.SYSTEM,
                        person,
                        event.detail());
        try {
            book.change(UUID.randomUUID(), change, () -> Effect.NONE);
        } catch (Sequencer.Unavailable | ProblemException e) {
            LOG.error("not written down: {} of {}", event.kind(), person, e);
        }
    }
}
