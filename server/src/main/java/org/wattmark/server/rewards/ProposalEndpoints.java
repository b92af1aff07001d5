package org.wattmark.server.rewards;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.rewards.DecideProposal;
import org.wattmark.rewards.Motion;
import org.wattmark.rewards.Proposal;
import org.wattmark.rewards.ProposalStep;
import org.wattmark.rewards.Propose;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.market.MoneyBody;
import org.wattmark.server.market.StepBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.rewards.RewardBodies.ProgrammeBody;
import org.wattmark.server.rewards.RewardBodies.ProposalView;
import org.wattmark.server.rewards.RewardBodies.TariffBody;
import org.wattmark.server.rewards.RewardBodies.TermsBody;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Money;

/// What an operator decides about rewards: one person proposes it, another approves it.
@RestController
@Tag(name = "Reward proposals")
class ProposalEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;

    ProposalEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
    }

    /// Proposes that a tariff applies. Its id is the proposal's.
    @PostMapping("/api/v1/tariffs")
    ResponseEntity<?> tariff(
            @RequestBody TariffBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var id = ChosenId.of(body.id(), key, actor);
        return propose(id, new Motion.SetTariff(body.toTariff(id)), actor);
    }

    /// Proposes that a programme begins. Its id is the proposal's.
    @PostMapping("/api/v1/reward-programmes")
    ResponseEntity<?> programme(
            @RequestBody ProgrammeBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var id = ChosenId.of(body.id(), key, actor);
        return propose(id, body.toMotion(id), actor);
    }

    /// Proposes other terms, from a day on that has begun nowhere.
    @PostMapping("/api/v1/reward-programmes/{id}/terms")
    ResponseEntity<?> terms(
            @PathVariable("id") UUID programme,
            @RequestBody NewTermsBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        return propose(
                ChosenId.of(body.id(), key, actor),
                new Motion.ChangeTerms(programme, body.terms().toTerms()),
                actor);
    }

    /// Proposes that a part of the operator's fees goes into the programme's pool.
    @PostMapping("/api/v1/reward-programmes/{id}/fee-fundings")
    ResponseEntity<?> fundFromFees(
            @PathVariable("id") UUID programme,
            @RequestBody FeesBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        return propose(
                ChosenId.of(body.id(), key, actor),
                RewardBodies.at("/amount", () -> new Motion.FundFromFees(programme, body.money())),
                actor);
    }

    /// Proposes that a part of the operator's fees is shared among the programme's stakes.
    @PostMapping("/api/v1/reward-programmes/{id}/fee-shares")
    ResponseEntity<?> shareFees(
            @PathVariable("id") UUID programme,
            @RequestBody FeesBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        return propose(
                ChosenId.of(body.id(), key, actor),
                RewardBodies.at("/amount", () -> new Motion.ShareFees(programme, body.money())),
                actor);
    }

    private ResponseEntity<?> propose(UUID id, Motion motion, Actor actor) {
        return answer(new Propose(id, Organisations.personOf(actor), motion));
    }

    /// Approves a proposal, as another person than who made it. With that it takes effect.
    @PostMapping("/api/v1/reward-proposals/{id}/approvals")
    ResponseEntity<?> approve(
            @PathVariable("id") UUID proposal,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        actor.requirePerson("approves proposals");
        return decide(proposal, StepBody.id(body, key, actor), actor, true);
    }

    /// Ends a proposal that should not be; who made it may do so too.
    @PostMapping("/api/v1/reward-proposals/{id}/rejections")
    ResponseEntity<?> reject(
            @PathVariable("id") UUID proposal,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        return decide(proposal, StepBody.id(body, key, actor), actor, false);
    }

    private ResponseEntity<?> decide(UUID proposal, UUID id, Actor actor, boolean approve) {
        return answer(new DecideProposal(id, Organisations.personOf(actor), proposal, approve));
    }

    private ResponseEntity<?> answer(Command<ProposalStep> command) {
        return switch (sequencer.apply(command)) {
            case ProposalStep.Taken(var proposal, var state, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new ProposalAnswer(command.id(), proposal, state, receipt));
            case ProposalStep.Denied(var reason) -> RewardRefusals.of(reason);
        };
    }

    /// All proposals, in the order of their ids.
    @GetMapping("/api/v1/reward-proposals")
    Page<ProposalView> proposals(
            @RequestParam(required = false) Proposal.@Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                ProposalTable.SELECT
                                        + """
                                         where id > :after
                                            and (cast(:state as text) is null or state = :state)
                                        order by id limit :limit
                                        """)
                        .param("after", page.afterId())
                        .param("state", state == null ? null : state.name())
                        .param("limit", page.fetch())
                        .query((row, _) -> ProposalTable.proposal(row))
                        .list()
                        .stream()
                        .map(ProposalView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record NewTermsBody(@Nullable UUID id, TermsBody terms) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record FeesBody(@Nullable UUID id, MoneyBody amount) {

        Money money() {
            return amount.at("/amount");
        }
    }

    /// @param id of this step
    record ProposalAnswer(UUID id, UUID proposal, Proposal.State state, Receipt receipt) {}
}
