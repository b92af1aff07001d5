package org.wattmark.server.registry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.registry.DesignRecord;
import org.wattmark.registry.Submission;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;
import org.wattmark.verification.MonitoredData;

/// Claims on what proponents report, where no bonded meter tells it: submitted, quantified and
/// checked at once. What is self-declared (tier T0) waits for a verifier who names its documents;
/// of class TEST it may pass by policy.
public final class ReportedClaims {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StoredDocuments evidence;
    private final Assessor assessor;

    ReportedClaims(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.evidence = new StoredDocuments(jdbc);
        this.assessor = assessor;
    }

    /// What came of it.
    public sealed interface Outcome {

        /// @param claim quantified and checked: its state says what follows, its statement how much
        record Submitted(ClaimRecord claim, Receipt receipt) implements Outcome {}

        record Refused(Submission.Reason reason, String explanation) implements Outcome {}
    }

    /// @param id of the claim, chosen by the client: sent again it is the same claim
    /// @param actor whose organisation runs the project, with the role PROPONENT; 403 otherwise
    /// @param period that is over; at most twelve months
    /// @param exclusivityDeclared that nobody claims the same in any other scheme
    /// @return refused where a rule says so; a document that the actor's organisation has not
    ///   stored is a 400 problem
    public Outcome submit(
            Actor actor,
            UUID id,
            UUID project,
            Period period,
            MonitoredData data,
            boolean exclusivityDeclared) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        requireStored(actor.organisation(), data);
        var claim =
                new Claim(
                        new ClaimId(id),
                        project,
                        acting.organisation(),
                        acting.person(),
                        actor.organisation(),
                        siteOf(project),
                        List.of(),
                        period,
                        AssuranceTier.T0,
                        organisations.classOf(actor.organisation()),
                        Optional.empty(),
                        exclusivityDeclared,
                        Optional.of(data));
        return switch (sequencer.apply(new SubmitClaim(acting, claim))) {
            case Submission.Submitted(var receipt) -> {
                assessor.assess(claim.id());
                yield new Outcome.Submitted(find(claim.id()).orElseThrow(), receipt);
            }
            case Submission.Refused(var reason, var explanation) ->
                    new Outcome.Refused(reason, explanation);
        };
    }

    private void requireStored(UUID organisation, MonitoredData data) {
        for (var document : data.reported().documents()) {
            if (!evidence.has(organisation, document.hash())) {
                throw Refusals.invalid(
                        "/data/reported/documents",
                        "names "
                                + document.hash()
                                + ", which is no evidence of yours: upload the file first");
            }
        }
    }

    /// The place that the project's design names; its own until there is one.
    private UUID siteOf(UUID project) {
        return new BesideClaims(jdbc)
                .designs(project).stream()
                        .map(DesignRecord::design)
                        .map(design -> design.site())
                        .reduce((_, newer) -> newer)
                        .orElse(project);
    }

    /// A claim where it stands.
    public Optional<ClaimRecord> find(ClaimId id) {
        return jdbc.sql(ClaimTable.SELECT + "where id = :id")
                .param("id", id.value())
                .query(ClaimTable::record)
                .optional();
    }
}
