package org.wattmark.server.granular;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.registry.GranularRetiring;
import org.wattmark.registry.RetireGranular;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Refusals;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// The final use of certified watt-hours, for consumption in the same hour. It cannot be undone.
@RestController
@Tag(name = "Granular certificates")
class GranularRetirementEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StepLimits limits;

    GranularRetirementEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.limits = limits;
    }

    /// The client chooses the id, so a request that is sent twice retires once. What step-up asks
    /// for above grams it asks for above as many watt-hours.
    @PostMapping("/api/v1/granular-retirements")
    ResponseEntity<?> retire(
            @RequestBody GranularRetirementBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var request =
                body.toRequest(ChosenId.of(body.id(), key, actor), organisations.accountOf(actor));
        limits.require(actor, request.quantity().wattHours(), 0);
        return switch (sequencer.apply(request)) { // one batch, one commit, then this answer
            case GranularRetiring.Retired(var statement, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/certificates/" + statement.id()))
                            .body(RetiredHour.of(statement, receipt));
            case GranularRetiring.Refused(var reason) -> GranularRefusals.of(reason);
        };
    }

    /// What your organisation has retired, in the order of the journal.
    @GetMapping("/api/v1/granular-retirements")
    Page<ListedHour> retirements(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select granular_retirement.*, device_id, hour_start
                                from granular_retirement
                                join granular_certificate
                                    on granular_certificate.id = certificate_id
                                where holder = :holder and sequence > :after
                                order by sequence limit :limit
                                """)
                        .param("holder", organisations.accountOf(actor).value())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) -> ListedHour.of(row))
                        .list(),
                each -> String.valueOf(each.sequence()));
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param certificate whose watt-hours
    /// @param consumption when the electricity was used that it is for; within the certificate's
    ///   hour
    /// @param beneficiary in whose name, 1 to 200 characters
    /// @param purpose what for, at most 500 characters
    record GranularRetirementBody(
            @Nullable UUID id,
            UUID certificate,
            Energy quantity,
            Period consumption,
            String beneficiary,
            @Nullable String purpose) {

        RetireGranular toRequest(UUID chosen, AccountId holder) {
            if (quantity.isZero()) {
                throw Refusals.invalid("/quantity/watt_hours", "is at least 1");
            }
            var words = Refusals.requireWords(beneficiary, purpose);
            return new RetireGranular(
                    chosen, holder, certificate, quantity, consumption, beneficiary, words);
        }
    }

    /// @param proof where the proof of it is, for anyone
    record RetiredHour(
            UUID id,
            UUID certificate,
            SerialRange serials,
            Energy quantity,
            UUID device,
            Period production,
            Period consumption,
            UnitClass unitClass,
            Instant at,
            String beneficiary,
            String purpose,
            URI proof,
            Receipt receipt) {

        static RetiredHour of(GranularRetirement statement, Receipt receipt) {
            return new RetiredHour(
                    statement.id(),
                    statement.certificate(),
                    statement.serials(),
                    statement.quantity(),
                    statement.device().value(),
                    statement.production(),
                    statement.consumption(),
                    statement.unitClass(),
                    statement.at(),
                    statement.beneficiary(),
                    statement.purpose(),
                    URI.create("/api/v1/certificates/" + statement.id()),
                    receipt);
        }
    }

    record ListedHour(
            UUID id,
            long sequence,
            UUID certificate,
            UUID device,
            Instant hour,
            SerialRange serials,
            Energy quantity,
            Period consumption,
            Instant at,
            String beneficiary,
            String purpose) {

        static ListedHour of(ResultSet row) throws SQLException {
            var serials = new SerialRange(row.getLong("first_serial"), row.getLong("last_serial"));
            return new ListedHour(
                    row.getObject("id", UUID.class),
                    row.getLong("sequence"),
                    row.getObject("certificate_id", UUID.class),
                    row.getObject("device_id", UUID.class),
                    row.getTimestamp("hour_start").toInstant(),
                    serials,
                    new Energy(serials.count()),
                    new Period(
                            row.getTimestamp("consumed_from").toInstant(),
                            row.getTimestamp("consumed_until").toInstant()),
                    row.getTimestamp("at").toInstant(),
                    row.getString("beneficiary"),
                    row.getString("purpose"));
        }
    }
}
