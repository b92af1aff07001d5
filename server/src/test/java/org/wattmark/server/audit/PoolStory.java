package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.ChangePool;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.PoolStanding;
import org.wattmark.registry.Pooling;
import org.wattmark.server.market.Workflow;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Organisation;
import tools.jackson.databind.JsonNode;

/// A part of a history in which two houses claim together and share what comes of it.
final class PoolStory {

    private final Sequencer sequencer;
    private final BiFunction<String, Map<String, ?>, JsonNode> post;

    PoolStory(Sequencer sequencer, BiFunction<String, Map<String, ?>, JsonNode> post) {
        this.sequencer = sequencer;
        this.post = post;
    }

    void play(Actor runner, UUID project, UUID house) {
        var neighbour =
                new Actor(
                        UUID.randomUUID(), Organisation.uncontrolled(house), Actor.Role.PROPONENT);
        change(runner, project, runner.organisation().id(), PoolStanding.RUNS);
        change(runner, project, house, PoolStanding.INVITED);
        change(neighbour, project, house, PoolStanding.JOINED);
        var one = new Panel(sequencer, runner.organisation().id(), AssuranceTier.T2, true);
        var two = new Panel(sequencer, house, AssuranceTier.T2, true);
        one.sendDays(0, 3);
        two.sendDays(0, 2);
        var claim = claimed(project, one, two);
        change(neighbour, project, house, PoolStanding.LEFT);
        var issuance = sequencer.apply(new IssueCredits(UUID.randomUUID(), runner, claim));
        assertThat(issuance).isInstanceOf(Issuance.Issued.class);
        var block = ((Issuance.Issued) issuance).blocks().getFirst();
        var divided =
                post.apply(
                        "/api/v1/projects/" + project + "/pool/divisions",
                        Map.of("id", UUID.randomUUID(), "block", block.id()));
        assertThat(divided.path("shares").size()).isEqualTo(2);
    }

    private ClaimId claimed(UUID project, Panel one, Panel two) {
        var id = new ClaimId(UUID.randomUUID());
        var period = Panel.days(0, 3);
        var claim =
                post.apply(
                        "/api/v1/claims",
                        Map.of(
                                "id", id.value(),
                                "project", project,
                                "devices", List.of(one.id(), two.id()),
                                "monitoring_period",
                                        Map.of(
                                                "start", period.start().toString(),
                                                "end", period.end().toString()),
                                "exclusivity_declared", true));
        if (!claim.at("/claim/state").asString().equals("APPROVED")) { // drawn for review
            new Workflow(sequencer).verifyAndApprove(id);
        }
        return id;
    }

    private void change(Actor actor, UUID project, UUID who, PoolStanding next) {
        var command = new ChangePool(UUID.randomUUID(), actor, project, who, next);
        assertThat(sequencer.apply(command)).isInstanceOf(Pooling.Changed.class);
    }
}
