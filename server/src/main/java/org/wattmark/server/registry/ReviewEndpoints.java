package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.Verdict;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.VerificationStatement;

/// The review of claims: a verifier takes one from the queue, asks, and stands for it or refuses
/// it; a third person approves issuance. Every step is taken by a natural person and recorded.
@RestController
@Tag(name = "Review of claims")
class ReviewEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StoredDocuments evidence;
    private final Assessor assessor;

    ReviewEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.evidence = new StoredDocuments(jdbc);
        this.assessor = assessor;
    }

    /// What waits for verifiers and for the registry, the longest waiting first.
    ///
    /// @param state one of them; else all that are open
    /// @param mine only those that I have in hand
    @GetMapping("/api/v1/review-queue")
    Page<QueuedClaim> queue(
            @RequestParam(required = false) @Nullable ClaimState state,
            @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                ClaimTable.SELECT
                                        + """
                                        where id > :after
                                            and state in ('CHECKED', 'NEEDS_REVIEW', 'IN_REVIEW',
                                                'INFORMATION_REQUESTED', 'VERIFIED')
                                            and (cast(:state as text) is null or state = :state)
                                            and (not :mine or reviewer_id = :person)
                                        order by id limit :limit
                                        """)
                        .param("after", page.afterId())
                        .param("state", state == null ? null : state.name())
                        .param("mine", mine)
                        .param("person", Organisations.personOf(actor))
                        .param("limit", page.fetch())
                        .query(ClaimTable::record)
                        .list()
                        .stream()
                        .map(QueuedClaim::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// Takes a claim in hand, with a declaration. Who has a conflict of interest says so, and the
    /// claim goes to another organisation.
    @PostMapping("/api/v1/claims/{claim}/reviews")
    ResponseEntity<?> take(
            @PathVariable UUID claim,
            @RequestBody ReviewBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var action = body.conflictOfInterest() ? ClaimAction.DECLARE_CONFLICT : ClaimAction.TAKE;
        return act(
                command(claim, action, body.id(), key, body.declaration(), Role.VERIFIER, actor));
    }

    /// Gives a claim back to the queue, for another verifier to take.
    @PostMapping("/api/v1/claims/{claim}/hand-backs")
    ResponseEntity<?> handBack(
            @PathVariable UUID claim,
            @RequestBody ReasonBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        return act(
                command(
                        claim,
                        ClaimAction.HAND_BACK,
                        body.id(),
                        key,
                        body.reason(),
                        Role.VERIFIER,
                        actor));
    }

    /// The reviewer asks the proponent.
    @PostMapping("/api/v1/claims/{claim}/questions")
    ResponseEntity<?> ask(
            @PathVariable UUID claim,
            @RequestBody QuestionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requirePerson(actor);
        var id = ChosenId.of(body.id(), key, actor);
        return act(
                new ActOnClaim(
                        id,
                        organisations.acting(actor, Role.VERIFIER),
                        new ClaimId(claim),
                        ClaimAction.ASK,
                        id,
                        words("/text", body.text()),
                        attachments(body.attachments(), actor)));
    }

    /// The proponent answers a question, with evidence if there is some.
    @PostMapping("/api/v1/claims/{claim}/answers")
    ResponseEntity<?> answer(
            @PathVariable UUID claim,
            @RequestBody AnswerBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        new ClaimSight(jdbc).seen(claim, actor);
        return act(
                new ActOnClaim(
                        ChosenId.of(body.id(), key, actor),
                        organisations.acting(actor, Role.PROPONENT),
                        new ClaimId(claim),
                        ClaimAction.ANSWER,
                        body.question(),
                        words("/text", body.text()),
                        attachments(body.attachments(), actor)));
    }

    /// The reviewer stands for the statement that they have seen, or refuses the claim.
    @PostMapping("/api/v1/claims/{claim}/decisions")
    ResponseEntity<?> decide(
            @PathVariable UUID claim,
            @RequestBody DecisionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requirePerson(actor);
        boolean verify = body.decision() == Decision.VERIFY;
        if (verify && body.statement() == null) {
            throw Refusals.invalid("/statement", "is the SHA-256 of the statement to stand for");
        }
        var command =
                new DecideClaim(
                        ChosenId.of(body.id(), key, actor),
                        organisations.acting(actor, Role.VERIFIER),
                        new ClaimId(claim),
                        verify,
                        verify
                                ? Optional.of(
                                        digest("/statement", String.valueOf(body.statement())))
                                : Optional.empty(),
                        digests("/documents", body.documents()),
                        words("/opinion", body.opinion()));
        var verdict = sequencer.apply(command);
        if (verdict instanceof Verdict.Denied(var reason)
                && reason == Verdict.Reason.ASSESSMENT_OUTDATED) {
            assessor.assess(command.claim());
        }
        return answer(command.id(), claim, verdict);
    }

    /// A third person lets the registry issue what was verified, or declines.
    @PostMapping("/api/v1/claims/{claim}/issuance-approvals")
    ResponseEntity<?> approve(
            @PathVariable UUID claim,
            @RequestBody ApprovalBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var action =
                body.decision() == Approval.APPROVE
                        ? ClaimAction.APPROVE_ISSUANCE
                        : ClaimAction.DECLINE_ISSUANCE;
        return act(command(claim, action, body.id(), key, body.reason(), Role.OPERATOR, actor));
    }

    /// The proponent takes a claim back that is not approved yet; its period is free again.
    @PostMapping("/api/v1/claims/{claim}/withdrawals")
    ResponseEntity<?> withdraw(
            @PathVariable UUID claim,
            @RequestBody ReasonBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        new ClaimSight(jdbc).seen(claim, actor);
        return act(
                new ActOnClaim(
                        ChosenId.of(body.id(), key, actor),
                        organisations.acting(actor, Role.PROPONENT),
                        new ClaimId(claim),
                        ClaimAction.WITHDRAW,
                        words("/reason", body.reason())));
    }

    private ActOnClaim command(
            UUID claim,
            ClaimAction action,
            @Nullable UUID id,
            @Nullable String key,
            String text,
            Role role,
            Actor actor) {
        requirePerson(actor);
        return new ActOnClaim(
                ChosenId.of(id, key, actor),
                organisations.acting(actor, role),
                new ClaimId(claim),
                action,
                words("/reason", text));
    }

    private static void requirePerson(Actor actor) {
        actor.requirePerson("judges claims");
    }

    private ResponseEntity<?> act(ActOnClaim command) {
        return answer(command.id(), command.claim().value(), sequencer.apply(command));
    }

    private static ResponseEntity<?> answer(UUID id, UUID claim, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Taken(var state, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new StepDone(id, claim, state, receipt));
            case Verdict.Denied(var reason) -> Refusals.of(reason);
        };
    }

    private static String words(String pointer, String text) {
        var words = text.strip();
        if (words.isEmpty() || words.length() > ClaimStep.MOST_CHARACTERS) {
            throw Refusals.invalid(
                    pointer, "has 1 to " + ClaimStep.MOST_CHARACTERS + " characters");
        }
        return words;
    }

    /// Evidence that the actor's organisation has stored.
    private List<Sha256> attachments(@Nullable List<String> hashes, Actor actor) {
        var attachments = digests("/attachments", hashes);
        for (var each : attachments) {
            if (!evidence.has(actor.organisation(), each)) {
                throw Refusals.invalid(
                        "/attachments", "names " + each + ", which you have not stored: upload it");
            }
        }
        return attachments;
    }

    private static List<Sha256> digests(String pointer, @Nullable List<String> hashes) {
        if (hashes == null) {
            return List.of();
        }
        if (hashes.size() > VerificationStatement.MOST_DOCUMENTS) {
            throw Refusals.invalid(
                    pointer,
                    "names at most " + VerificationStatement.MOST_DOCUMENTS + " documents");
        }
        var digests = new ArrayList<Sha256>();
        hashes.forEach(hash -> digests.add(digest(pointer, hash)));
        return digests;
    }

    private static Sha256 digest(String pointer, String hex) {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw Refusals.invalid(pointer, "is a SHA-256 in 64 hexadecimal digits");
        }
        return new Sha256(hex);
    }

    /// @param conflictOfInterest whether anything speaks against judging this claim
    /// @param declaration what, or that nothing does: employment, ownership, consultancy, family
    record ReviewBody(@Nullable UUID id, boolean conflictOfInterest, String declaration) {}

    record ReasonBody(@Nullable UUID id, String reason) {}

    /// @param attachments evidence that you have stored, by SHA-256
    record QuestionBody(@Nullable UUID id, String text, @Nullable List<String> attachments) {}

    /// @param question its id
    record AnswerBody(
            @Nullable UUID id, UUID question, String text, @Nullable List<String> attachments) {}

    enum Decision {
        VERIFY,
        REFUSE
    }

    /// @param statement SHA-256 of the statement as the claim shows it; needed to verify
    /// @param documents that you have seen, by SHA-256: the claim's, or an answer's
    /// @param opinion why, in your words
    record DecisionBody(
            @Nullable UUID id,
            Decision decision,
            @Nullable String statement,
            @Nullable List<String> documents,
            String opinion) {}

    enum Approval {
        APPROVE,
        DECLINE
    }

    record ApprovalBody(@Nullable UUID id, Approval decision, String reason) {}

    record StepDone(UUID id, UUID claim, ClaimState state, Receipt receipt) {}

    /// @param openQuestions that the proponent has not answered
    record QueuedClaim(
            UUID id,
            UUID project,
            UUID proponent,
            String methodology,
            String unitClass,
            ClaimState state,
            Instant periodStart,
            Instant periodEnd,
            @Nullable UUID reviewer,
            int openQuestions) {

        static QueuedClaim of(ClaimRecord record) {
            var claim = record.claimCase().claim();
            var review = record.claimCase().review();
            return new QueuedClaim(
                    claim.id().value(),
                    claim.project(),
                    claim.proponent().id(),
                    claim.methodology().toString(),
                    claim.unitClass().name(),
                    record.claimCase().state(),
                    claim.monitoringPeriod().start(),
                    claim.monitoringPeriod().end(),
                    review.reviewer().map(by -> by.person()).orElse(null),
                    review.questions().size());
        }
    }
}
