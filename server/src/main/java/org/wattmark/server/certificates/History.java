package org.wattmark.server.certificates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.Eligibility;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.certificates.Certificates.Found;
import org.wattmark.server.registry.ProgrammeGaps;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.verification.VerificationStatement;

/// How retired units came to be and to whoever retired them. Holders are letters: an account is a
/// pseudonym, and a page that everybody reads does not repeat it.
final class History {

    /// The newest purchases that are shown. Grams of a block are alike, so which purchase a retired
    /// gram came by is not a question that has an answer.
    private static final int MOST_PURCHASES = 10;

    /// Of how many of the holder's purchases those are sought.
    private static final int MOST_READ = 1_000;

    private final JdbcClient jdbc;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param at when, in UTC
    /// @param sequence of the entry in the journal, which is its index in the log
    record Event(Instant at, String what, OptionalLong sequence) {}

    /// What is known of a project, a block and a claim beside the statement itself.
    ///
    /// @param gaps what programmes outside ask for and is missing
    /// @param verifier the name of the organisation that verified, if one did and is known here
    record Origin(
            String projectTitle,
            Optional<String> verifier,
            Optional<VerificationStatement> verification,
            Co2e issued,
            Co2e buffer,
            List<Eligibility.Gap> gaps) {}

    Origin origin(RetirementStatement statement) {
        var gaps = ProgrammeGaps.of(jdbc, statement.project(), Optional.of(statement.vintage()));
        return jdbc.sql(
                        """
                        select project.title, claim.statement, credit_block.issued_grams,
                            credit_block.buffer_grams,
                            (select name from organisation where organisation.id =
                                case when claim.verified_by like 'verifier:%'
                                    then substr(claim.verified_by, 10)::uuid end) as verifier
                        from credit_block
                        join claim on claim.id = credit_block.claim_id
                        join project on project.id = credit_block.project_id
                        where credit_block.id = :block
                        """)
                .param("block", statement.block())
                .query((row, _) -> origin(row, gaps))
                .single();
    }

    private static Origin origin(ResultSet row, List<Eligibility.Gap> gaps) throws SQLException {
        return new Origin(
                row.getString("title"),
                Optional.ofNullable(row.getString("verifier")),
                verification(row.getBytes("statement")),
                new Co2e(row.getLong("issued_grams")),
                new Co2e(row.getLong("buffer_grams")),
                gaps);
    }

    /// Empty for a statement of a form that is not known here: a page says less then.
    private static Optional<VerificationStatement> verification(byte @Nullable [] statement) {
        if (statement == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(VerificationStatement.parse(statement));
        } catch (Canonical.Malformed e) {
            return Optional.empty();
        }
    }

    /// From the reduction to the retirement and what came after, in that order.
    List<Event> of(Found found, Origin origin) {
        var statement = found.statement();
        var events = new ArrayList<Event>();
        origin.verification()
                .ifPresent(it -> {
                    var end = it.monitoringPeriod().end();
                    events.add(unlogged(end, "The monitoring period ends."));
                    events.add(unlogged(it.at(), "The reduction is verified."));
                });
        issuance(statement, origin).ifPresent(events::add);
        events.addAll(corrections(statement));
        events.addAll(purchases(statement));
        events.add(
                new Event(
                        statement.at(),
                        "%s retired for good.".formatted(ClaimGuard.amount(statement.quantity())),
                        OptionalLong.of(sequenceOf(found))));
        var status = found.status();
        if (status.standing() != ClaimGuard.Standing.VALID) {
            events.add(
                    new Event(
                            status.since(),
                            "Status: " + status.standing() + ".",
                            OptionalLong.of(status.sequence())));
        }
        return List.copyOf(events);
    }

    static long sequenceOf(Found found) {
        try {
            return Entry.Published.of(found.leaf().toByteArray()).sequence();
        } catch (Canonical.Malformed e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    private static Event unlogged(Instant at, String what) {
        return new Event(at, what, OptionalLong.empty());
    }

    /// The transfers of an issuance have ids that follow from the block's. They stand where they
    /// came, and change nothing that was stated before.
    private List<Event> corrections(RetirementStatement statement) {
        return jdbc.sql(
                        """
                        select at, sequence from claim_correction
                        where claim_id = :claim order by sequence limit 20
                        """)
                .param("claim", statement.claim().value())
                .query((row, _) ->
                        new Event(
                                row.getTimestamp(1).toInstant(),
                                "A correction of the closed monitoring period is recorded.",
                                OptionalLong.of(row.getLong(2))))
                .list();
    }

    Optional<Event> issuance(RetirementStatement statement, Origin origin) {
        return jdbc.sql(
                        """
                        select sequence, at from journal
                        where transfer in (:credited, :buffered) order by sequence limit 1
                        """)
                .param("credited", Transfer.derivedId(statement.block(), 0))
                .param("buffered", Transfer.derivedId(statement.block(), 1))
                .query((row, _) ->
                        new Event(
                                row.getTimestamp("at").toInstant(),
                                "%s issued to the project's proponent, %s of it set aside in the"
                                                .formatted(
                                                        ClaimGuard.amount(origin.issued()),
                                                        ClaimGuard.amount(origin.buffer()))
                                        + " buffer.",
                                OptionalLong.of(row.getLong("sequence"))))
                .optional();
    }

    private List<Event> purchases(RetirementStatement statement) {
        var letters = new LinkedHashMap<String, String>();
        return jdbc.sql(
                        """
                        select at, seller, quantity_grams
                        from (select * from trade where buyer = :holder
                            order by number desc limit :read) as recent
                        where block_id = :block and at <= cast(:at as timestamptz)
                        order by number desc limit :most
                        """)
                .param("holder", statement.holder().value())
                .param("block", statement.block())
                .param("at", Timestamp.from(statement.at()))
                .param("read", MOST_READ)
                .param("most", MOST_PURCHASES)
                .query((row, _) ->
                        unlogged(
                                row.getTimestamp("at").toInstant(),
                                "%s sold by %s to who retired them."
                                        .formatted(
                                                ClaimGuard.amount(
                                                        new Co2e(row.getLong("quantity_grams"))),
                                                letter(letters, row.getString("seller")))))
                .list()
                .reversed();
    }

    private static String letter(Map<String, String> letters, String account) {
        return letters.computeIfAbsent(account, _ -> "holder " + (char) ('A' + letters.size()));
    }
}
