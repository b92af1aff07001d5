package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.Design;
import org.wattmark.registry.Designing;
import org.wattmark.registry.JudgeDesign;
import org.wattmark.registry.SubmitDesign;
import org.wattmark.registry.Verdict;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Additionality;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Organisation;

/// Takes a claim through all that stands between it and its issuance, by the registry's own
/// commands: a validated design, a verifier, and a third person.
public record Workflow(Sequencer sequencer) {

    public void verifyAndApprove(Claim claim) {
        validated(claim.project(), claim.proponent());
        verifyAndApprove(claim.id());
    }

    public void verifyAndApprove(org.wattmark.attributes.ClaimId claim) {
        var verifier = actor(Actor.Role.VERIFIER);
        taken(new ActOnClaim(UUID.randomUUID(), verifier, claim, ClaimAction.TAKE, "none"));
        taken(new DecideClaim(UUID.randomUUID(), verifier, claim, true));
        approve(claim);
    }

    public void approve(org.wattmark.attributes.ClaimId claim) {
        taken(
                new ActOnClaim(
                        UUID.randomUUID(),
                        actor(Actor.Role.OPERATOR),
                        claim,
                        ClaimAction.APPROVE_ISSUANCE,
                        ""));
    }

    private void taken(org.wattmark.ledger.Command<Verdict> command) {
        assertThat(sequencer.apply(command)).isInstanceOf(Verdict.Taken.class);
    }

    /// The project's design is validated for the seven years from 2020 on.
    public void validated(UUID project, Organisation proponent) {
        var by = new Actor(UUID.randomUUID(), proponent, Actor.Role.PROPONENT);
        var design =
                new Design(
                        project,
                        1,
                        Sha256.of(new byte[] {2}),
                        "Roofs of small firms get panels.",
                        "Bristol",
                        project,
                        new Period(
                                Instant.parse("2020-01-01T00:00:00Z"),
                                Instant.parse("2027-01-01T00:00:00Z")),
                        true,
                        "No other scheme, no support, no cap.",
                        Optional.of(
                                new Additionality(
                                        true,
                                        "Building regulations",
                                        new Additionality.Listed(
                                                Additionality.PositiveList.MICROSCALE_RENEWABLE,
                                                new BigDecimal(15),
                                                true))),
                        by.person());
        assertThat(sequencer.apply(new SubmitDesign(UUID.randomUUID(), by, design)))
                .isInstanceOf(Designing.Taken.class);
        var validator = actor(Actor.Role.VERIFIER);
        var judged = new JudgeDesign(UUID.randomUUID(), validator, project, 1, true, "It holds.");
        assertThat(sequencer.apply(judged)).isInstanceOf(Designing.Taken.class);
    }

    private static Actor actor(Actor.Role role) {
        return new Actor(UUID.randomUUID(), Organisation.uncontrolled(UUID.randomUUID()), role);
    }
}
