package org.wattmark.server.certificates;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.Serials;
import org.wattmark.server.paging.Page;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerificationStatement;

/// Where retired grams come from: certificate, block, claim, devices, and the signed batches of
/// readings with the entries that prove them.
///
/// It says what the public log says: no owner, no place, no single reading. Each batch's bytes are
/// under a commitment that whoever owns the device can open.
@RestController
@Tag(name = "Certificates")
class ProvenanceEndpoints {

    private static final int MOST_DEVICES = 100;

    private static final String DEVICES =
            """
            select allocation.device_id, allocation.channel, device.tier, device.simulated,
                device.receipt, min(lower(during)) as start_at, max(upper(during)) as end_at
            from allocation join device on device.id = allocation.device_id
            where allocation.claim_id = :claim
            group by allocation.device_id, allocation.channel, device.tier, device.simulated,
                device.receipt
            order by allocation.device_id, allocation.channel limit :most
            """;

    private static final String BATCHES =
            """
            select receipt, device_id, channel, sequence, signed, accepted, rejected, energy_wh
            from reading_batch
            where receipt > :after and device_id in
                    (select device_id from allocation where claim_id = :claim)
                and exists (select from allocation
                    where claim_id = :claim and allocation.device_id = reading_batch.device_id
                        and allocation.channel = reading_batch.channel
                        and during && tstzrange(first_start, last_end))
            order by receipt limit :limit
            """;

    private final JdbcClient jdbc;
    private final Certificates certificates;
    private final History history;

    ProvenanceEndpoints(JdbcClient jdbc, Certificates certificates, History history) {
        this.jdbc = jdbc;
        this.certificates = certificates;
        this.history = history;
    }

    /// Everything but the batches is the same on each page of them.
    @GetMapping("/api/v1/certificates/{id}/provenance")
    Provenance provenance(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        var found = certificates.require(id);
        var statement = found.statement();
        var origin = history.origin(statement);
        var claim = statement.claim().value();
        return new Provenance(
                id,
                Serials.of(statement),
                statement.quantity(),
                proofOf(History.sequenceOf(found)),
                block(statement, origin),
                claim(statement, origin),
                checks(claim),
                corrections(claim),
                devices(claim),
                page.over(
                        jdbc.sql(BATCHES)
                                .param("claim", claim)
                                .param("after", page.afterSequence())
                                .param("limit", page.fetch())
                                .query(ProvenanceEndpoints::batch)
                                .list(),
                        each -> String.valueOf(each.sequence())));
    }

    private static URI proofOf(long sequence) {
        return URI.create("/api/v1/log/proofs/" + sequence);
    }

    private Block block(RetirementStatement statement, History.Origin origin) {
        var issued = history.issuance(statement, origin);
        return new Block(
                statement.block(),
                statement.project(),
                origin.projectTitle(),
                statement.vintage().getValue(),
                statement.unitClass(),
                origin.issued(),
                origin.buffer(),
                issued.map(History.Event::at).orElse(null),
                issued.map(it -> proofOf(it.sequence().orElseThrow())).orElse(null));
    }

    private static VerifiedClaim claim(RetirementStatement statement, History.Origin origin) {
        var verification = origin.verification();
        return new VerifiedClaim(
                statement.claim().value(),
                statement.methodology().toString(),
                statement.tier(),
                ClaimGuard.verified(statement.verifiedBy()),
                verification.map(VerificationStatement::monitoringPeriod).orElse(null),
                verification.map(VerificationStatement::at).orElse(null),
                verification.map(it -> it.sha256().hex()).orElse(null));
    }

    private List<PassedCheck> checks(UUID claim) {
        return jdbc.sql(
                        """
                        select "check", outcome, threshold from claim_finding
                        where claim_id = :claim order by "check"
                        """)
                .param("claim", claim)
                .query((row, _) ->
                        new PassedCheck(
                                row.getString("check"),
                                row.getString("outcome"),
                                row.getString("threshold")))
                .list();
    }

    private List<Corrected> corrections(UUID claim) {
        return jdbc.sql(
                        """
                        select sequence, at from claim_correction
                        where claim_id = :claim order by sequence limit :most
                        """)
                .param("claim", claim)
                .param("most", MOST_DEVICES)
                .query((row, _) ->
                        new Corrected(
                                row.getTimestamp("at").toInstant(),
                                proofOf(row.getLong("sequence"))))
                .list();
    }

    private List<Metered> devices(UUID claim) {
        return jdbc.sql(DEVICES)
                .param("claim", claim)
                .param("most", MOST_DEVICES)
                .query(ProvenanceEndpoints::device)
                .list();
    }

    private static Metered device(ResultSet row, int unused) throws SQLException {
        var start = row.getTimestamp("start_at").toInstant();
        var device = row.getObject("device_id", UUID.class);
        return new Metered(
                device,
                Channel.valueOf(row.getString("channel")),
                AssuranceTier.valueOf(row.getString("tier")),
                row.getBoolean("simulated"),
                new Period(start, row.getTimestamp("end_at").toInstant()),
                proofOf(row.getLong("receipt")),
                URI.create("/api/v1/public/devices/" + device + "/backing?at=" + start));
    }

    private static Batch batch(ResultSet row, int unused) throws SQLException {
        long receipt = row.getLong("receipt");
        return new Batch(
                receipt,
                row.getObject("device_id", UUID.class),
                Channel.valueOf(row.getString("channel")),
                row.getLong("sequence"),
                row.getBoolean("signed"),
                row.getInt("accepted"),
                row.getInt("rejected"),
                new Energy(row.getLong("energy_wh")),
                proofOf(receipt));
    }

    /// @param proof that the log has the retirement
    /// @param corrections what became known of the period after it was closed
    /// @param devices at most 100 of them
    /// @param batches in the order of the journal
    record Provenance(
            UUID certificate,
            String serials,
            Co2e quantity,
            URI proof,
            Block block,
            VerifiedClaim claim,
            List<PassedCheck> checks,
            List<Corrected> corrections,
            List<Metered> devices,
            Page<Batch> batches) {}

    /// What it was, and by how much, is in the log's entry.
    record Corrected(Instant at, URI proof) {}

    /// @param issuanceProof that the log has the transfer by which it was issued
    record Block(
            UUID id,
            UUID project,
            String title,
            int vintage,
            UnitClass unitClass,
            Co2e issued,
            Co2e buffer,
            @Nullable Instant issuedAt,
            @Nullable URI issuanceProof) {}

    /// @param statementSha256 of the verification statement's canonical bytes, which are a leaf
    record VerifiedClaim(
            UUID id,
            String methodology,
            AssuranceTier assuranceTier,
            String verifiedBy,
            @Nullable Period monitoringPeriod,
            @Nullable Instant verifiedAt,
            @Nullable String statementSha256) {}

    record PassedCheck(String check, String outcome, String threshold) {}

    /// A device as the log knows it: by its id, without its owner or its place.
    ///
    /// @param claimed from the first interval that the claim took to the last
    /// @param bond that the log has the bond
    /// @param backing what else was claimed of it
    record Metered(
            UUID device,
            Channel channel,
            AssuranceTier assuranceTier,
            boolean simulated,
            Period claimed,
            URI bond,
            URI backing) {}

    /// @param sequence of its receipt in the journal
    /// @param number of the batch among the device's
    /// @param signed by the device's own key
    record Batch(
            long sequence,
            UUID device,
            Channel channel,
            long number,
            boolean signed,
            int accepted,
            int rejected,
            Energy energy,
            URI proof) {}
}
