package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.verification.ClaimState.APPROVED;
import static org.wattmark.verification.ClaimState.CHECKED;
import static org.wattmark.verification.ClaimState.INFORMATION_REQUESTED;
import static org.wattmark.verification.ClaimState.IN_REVIEW;
import static org.wattmark.verification.ClaimState.ISSUED;
import static org.wattmark.verification.ClaimState.NEEDS_REVIEW;
import static org.wattmark.verification.ClaimState.REFUSED;
import static org.wattmark.verification.ClaimState.SUBMITTED;
import static org.wattmark.verification.ClaimState.VERIFIED;
import static org.wattmark.verification.ClaimState.WITHDRAWN;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.testing.Seeded;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.AutoApproval.AutoApproved;
import org.wattmark.verification.AutoApproval.NeedsPerson;
import org.wattmark.verification.Transition.Denied;
import org.wattmark.verification.Transition.Reason;
import org.wattmark.verification.Transition.Taken;

class ClaimCaseTest {

    private static final AutoApproval BY_POLICY =
            new AutoApproved(new VerifiedBy.Machine("demo", 1));
    private static final AutoApproval DRAWN = new NeedsPerson(AutoApproval.Reason.DRAWN_FOR_REVIEW);
    private static final UUID QUESTION = Given.id(80);
    private static final UUID REGISTRAR_PERSON = Given.id(81);
    private static final Organisation REGISTRY = Organisation.uncontrolled(Given.id(82));

    private record Action(Role role, BiFunction<ClaimCase, Actor, Transition> act) {}

    private static final Map<String, Action> ACTIONS = new LinkedHashMap<>();

    /// Every way from one state to another. What is not here is not possible.
    private static final Map<String, ClaimState> WAYS = new LinkedHashMap<>();

    private static void way(String action, ClaimState to, ClaimState... from) {
        for (var state : from) {
            WAYS.put(state + " " + action, to);
        }
    }

    static {
        ACTIONS.put("green", checking(Outcome.INFO));
        ACTIONS.put("hold", checking(Outcome.HOLD));
        ACTIONS.put("reject", checking(Outcome.REJECT));
        ACTIONS.put("policy", new Action(Role.MACHINE, (c, actor) -> c.decide(actor, BY_POLICY)));
        ACTIONS.put("drawn", new Action(Role.MACHINE, (c, actor) -> c.decide(actor, DRAWN)));
        ACTIONS.put("take", new Action(Role.VERIFIER, ClaimCase::take));
        ACTIONS.put("conflict", new Action(Role.VERIFIER, ClaimCase::declareConflict));
        ACTIONS.put("hand back", new Action(Role.VERIFIER, ClaimCase::handBack));
        ACTIONS.put("ask", new Action(Role.VERIFIER, (c, actor) -> c.ask(actor, Given.id(90))));
        ACTIONS.put("answer", new Action(Role.PROPONENT, (c, actor) -> c.answer(actor, QUESTION)));
        ACTIONS.put("verify", new Action(Role.VERIFIER, ClaimCase::verify));
        ACTIONS.put("refuse", new Action(Role.VERIFIER, ClaimCase::refuse));
        ACTIONS.put("approve", new Action(Role.OPERATOR, ClaimCase::approveIssuance));
        ACTIONS.put("decline", new Action(Role.OPERATOR, ClaimCase::declineIssuance));
        ACTIONS.put("withdraw", new Action(Role.PROPONENT, ClaimCase::withdraw));
        ACTIONS.put("issue", new Action(Role.MACHINE, ClaimCase::issue));

        way("green", CHECKED, SUBMITTED);
        way("hold", NEEDS_REVIEW, SUBMITTED);
        way("reject", REFUSED, SUBMITTED);
        way("policy", APPROVED, CHECKED);
        way("drawn", NEEDS_REVIEW, CHECKED);
        way("take", IN_REVIEW, CHECKED, NEEDS_REVIEW);
        way("conflict", NEEDS_REVIEW, CHECKED, NEEDS_REVIEW, IN_REVIEW, INFORMATION_REQUESTED);
        way("hand back", NEEDS_REVIEW, IN_REVIEW, INFORMATION_REQUESTED);
        way("ask", INFORMATION_REQUESTED, IN_REVIEW, INFORMATION_REQUESTED);
        way("answer", IN_REVIEW, INFORMATION_REQUESTED);
        way("verify", VERIFIED, IN_REVIEW);
        way("refuse", REFUSED, IN_REVIEW, INFORMATION_REQUESTED);
        way("approve", APPROVED, VERIFIED);
        way("decline", REFUSED, VERIFIED);
        way("withdraw", WITHDRAWN, SUBMITTED, CHECKED, NEEDS_REVIEW, IN_REVIEW);
        way("withdraw", WITHDRAWN, INFORMATION_REQUESTED, VERIFIED);
        way("issue", ISSUED, APPROVED);
    }

    private static Action checking(Outcome outcome) {
        var finding = new CheckFinding(CheckFinding.Check.TIER, Map.of(), "", outcome);
        var report = new CheckReport(List.of(finding));
        return new Action(Role.MACHINE, (claim, actor) -> claim.check(actor, report));
    }

    /// Somebody of this role against whom nothing speaks but the role.
    private static Actor acting(Role role) {
        return switch (role) {
            case PROPONENT -> Given.PROPONENT_ACTS;
            case OPERATOR -> new Actor(REGISTRAR_PERSON, REGISTRY, role);
            default -> new Actor(Given.VERIFIER_PERSON, Given.VERIFIER, role);
        };
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheListedWaysExistForWhateverRole(ClaimState state) {
        var claimCase = in(state);

        for (var action : ACTIONS.entrySet()) {
            for (var role : Role.values()) {
                var transition = action.getValue().act().apply(claimCase, acting(role));
                assertThat(transition)
                        .as("%s %s by %s", state, action.getKey(), role)
                        .isInstanceOfSatisfying(
                                expected(state, action, role),
                                taken -> assertResult(state, action, role, taken));
            }
        }
    }

    private static Class<? extends Transition> expected(
            ClaimState state, Map.Entry<String, Action> action, Role role) {
        boolean may = action.getValue().role() == role;
        return may && WAYS.containsKey(state + " " + action.getKey()) ? Taken.class : Denied.class;
    }

    private static void assertResult(
            ClaimState state, Map.Entry<String, Action> action, Role role, Transition result) {
        switch (result) {
            case Taken(var next) -> {
                assertThat(next.state()).isEqualTo(WAYS.get(state + " " + action.getKey()));
                assertThat(next.claim()).isEqualTo(in(state).claim());
            }
            case Denied(var reason) ->
                    assertThat(reason)
                            .isEqualTo(
                                    action.getValue().role() == role
                                            ? Reason.NOT_IN_THIS_STATE
                                            : Reason.ROLE_MAY_NOT);
        }
    }

    @Test
    void everyStateIsReachedAndEveryIssuePassesAnApproval() {
        var reached = EnumSet.of(SUBMITTED);
        var waiting = new ArrayDeque<>(reached);

        while (!waiting.isEmpty()) {
            var from = waiting.remove();
            WAYS.forEach((way, to) -> {
                if (way.startsWith(from + " ") && reached.add(to)) {
                    waiting.add(to);
                }
            });
        }

        assertThat(reached).containsExactlyInAnyOrder(ClaimState.values());
        assertThat(WAYS.entrySet().stream().filter(way -> way.getValue() == ISSUED))
                .extracting(Map.Entry::getKey)
                .containsExactly("APPROVED issue");
    }

    /// A few people with any role in any of three organisations do a hundred things to a claim.
    @Seeded(worlds = 2_000)
    void whateverIsTriedNothingIsIssuedWithoutThreePersonsOrAPolicy(RandomGenerator random) {
        var people = List.of(Given.PROPONENT_PERSON, Given.id(70), Given.id(71), Given.id(72));
        var organisations = List.of(Given.PROPONENT, Given.VERIFIER, REGISTRY);
        var actions = List.copyOf(ACTIONS.values());
        var roles = List.of(Role.values());
        var claimCase = in(SUBMITTED);

        for (int i = 0; i < 100 && !claimCase.state().isFinal(); i++) {
            var action = actions.get(random.nextInt(actions.size()));
            boolean rightRole = random.nextInt(4) > 0;
            var role = rightRole ? action.role() : roles.get(random.nextInt(roles.size()));
            var actor =
                    new Actor(
                            people.get(random.nextInt(people.size())),
                            organisations.get(random.nextInt(organisations.size())),
                            role);
            if (action.act().apply(claimCase, actor) instanceof Taken(var next)) {
                claimCase = next;
            }
        }

        if (claimCase.state() == ISSUED
                && claimCase.verifiedBy().orElseThrow() instanceof VerifiedBy.Verifier(var by)) {
            var reviewer = claimCase.review().reviewer().orElseThrow();
            assertThat(by).isEqualTo(reviewer.organisation()).isNotEqualTo(Given.PROPONENT.id());
            assertThat(
                            new HashSet<>(
                                    List.of(
                                            claimCase.claim().submittedBy(),
                                            reviewer.person(),
                                            claimCase.review().approver().orElseThrow())))
                    .hasSize(3);
        }
    }

    @Test
    void theProponentsOwnOrganisationDoesNotVerify() {
        var own = new Actor(Given.VERIFIER_PERSON, Given.PROPONENT, Role.VERIFIER);

        assertDenied(own, Reason.NOT_INDEPENDENT);
    }

    @Test
    void whoBelongsToTheProponentsOrganisationTooDoesNotVerify() {
        var affiliated =
                new Actor(
                        Given.VERIFIER_PERSON,
                        Given.VERIFIER,
                        Role.VERIFIER,
                        Set.of(Given.VERIFIER.id(), Given.PROPONENT.id()));

        assertDenied(affiliated, Reason.NOT_INDEPENDENT);
    }

    @Test
    void organisationsUnderCommonControlDoNotVerifyEachOther() {
        var holding = Given.id(50);
        var sister = new Organisation(Given.VERIFIER.id(), Optional.of(holding));
        var daughter = new Organisation(Given.VERIFIER.id(), Optional.of(Given.PROPONENT.id()));
        var ofSister = new Organisation(Given.PROPONENT.id(), Optional.of(holding));

        assertThat(sister.independentOf(ofSister)).isFalse();
        assertThat(Organisation.uncontrolled(holding).independentOf(ofSister)).isFalse();
        assertThat(sister.independentOf(Given.PROPONENT)).isTrue();
        assertDenied(
                new Actor(Given.VERIFIER_PERSON, daughter, Role.VERIFIER), Reason.NOT_INDEPENDENT);
    }

    @Test
    void theBeneficialOwnerDoesNotVerify() {
        var ownersOrganisation =
                new Actor(
                        Given.VERIFIER_PERSON,
                        Organisation.uncontrolled(Given.OWNER),
                        Role.VERIFIER);
        var ownedByOwner =
                new Actor(
                        Given.VERIFIER_PERSON,
                        new Organisation(Given.id(51), Optional.of(Given.OWNER)),
                        Role.VERIFIER);
        var ownerInPerson = new Actor(Given.OWNER, Given.VERIFIER, Role.VERIFIER);

        assertDenied(ownersOrganisation, Reason.NOT_INDEPENDENT);
        assertDenied(ownedByOwner, Reason.NOT_INDEPENDENT);
        assertDenied(ownerInPerson, Reason.NOT_INDEPENDENT);
    }

    @Test
    void whoRequestsDoesNotDecideInWhateverOrganisation() {
        var turncoat = new Actor(Given.PROPONENT_PERSON, Given.VERIFIER, Role.VERIFIER);

        assertDenied(turncoat, Reason.REQUESTER_DECIDES);
    }

    private static void assertDenied(Actor actor, Reason reason) {
        for (var state : ClaimState.values()) {
            assertThat(in(state).take(actor)).isEqualTo(new Denied(reason));
            assertThat(in(state).verify(actor)).isEqualTo(new Denied(reason));
            assertThat(in(state).refuse(actor)).isEqualTo(new Denied(reason));
        }
    }

    @Test
    void whoVerifiedOrSubmittedDoesNotApproveIssuance() {
        var verifier = new Actor(Given.VERIFIER_PERSON, REGISTRY, Role.OPERATOR);
        var submitter = new Actor(Given.PROPONENT_PERSON, REGISTRY, Role.OPERATOR);
        var ownRegistry = new Actor(REGISTRAR_PERSON, Given.PROPONENT, Role.OPERATOR);

        assertThat(in(VERIFIED).approveIssuance(verifier))
                .isEqualTo(new Denied(Reason.VERIFIER_APPROVES));
        assertThat(in(VERIFIED).approveIssuance(submitter))
                .isEqualTo(new Denied(Reason.REQUESTER_DECIDES));
        assertThat(in(VERIFIED).approveIssuance(ownRegistry))
                .isEqualTo(new Denied(Reason.NOT_INDEPENDENT));
    }

    @Test
    void onlyWhoTookAClaimGoesOnWithIt() {
        var colleague = new Actor(Given.id(70), Given.VERIFIER, Role.VERIFIER);

        assertThat(in(IN_REVIEW).verify(colleague)).isEqualTo(new Denied(Reason.NOT_THE_REVIEWER));
        assertThat(in(IN_REVIEW).ask(colleague, QUESTION))
                .isEqualTo(new Denied(Reason.NOT_THE_REVIEWER));
        assertThat(in(IN_REVIEW).handBack(colleague))
                .isEqualTo(new Denied(Reason.NOT_THE_REVIEWER));
    }

    @Test
    void whoDeclaredAConflictDoesNotComeBackNorDoesAColleague() {
        var colleague = new Actor(Given.id(70), Given.VERIFIER, Role.VERIFIER);
        var handedBack = Given.taken(in(IN_REVIEW).declareConflict(Given.VERIFIER_ACTS));

        assertThat(handedBack.state()).isEqualTo(NEEDS_REVIEW);
        assertThat(handedBack.take(Given.VERIFIER_ACTS))
                .isEqualTo(new Denied(Reason.CONFLICT_DECLARED));
        assertThat(handedBack.take(colleague)).isEqualTo(new Denied(Reason.CONFLICT_DECLARED));
    }

    @Test
    void aClaimIsTheReviewersAgainWhenEveryQuestionIsAnswered() {
        var another = Given.id(91);
        var asked = Given.taken(in(INFORMATION_REQUESTED).ask(Given.VERIFIER_ACTS, another));

        var once = Given.taken(asked.answer(Given.PROPONENT_ACTS, QUESTION));
        var twice = Given.taken(once.answer(Given.PROPONENT_ACTS, another));

        assertThat(once.state()).isEqualTo(INFORMATION_REQUESTED);
        assertThat(once.answer(Given.PROPONENT_ACTS, QUESTION))
                .isEqualTo(new Denied(Reason.QUESTION_UNKNOWN));
        assertThat(twice.state()).isEqualTo(IN_REVIEW);
    }

    @Test
    void aProponentClaimsForItselfOnly() {
        var claim = Given.claim();
        var otherPerson = new Actor(Given.id(60), Given.PROPONENT, Role.PROPONENT);
        var otherOrganisation = new Actor(Given.PROPONENT_PERSON, Given.VERIFIER, Role.PROPONENT);

        assertThat(ClaimCase.submit(Given.PROPONENT_ACTS, claim)).isInstanceOf(Taken.class);
        assertThat(ClaimCase.submit(otherPerson, claim))
                .isEqualTo(new Denied(Reason.CLAIMS_FOR_ANOTHER));
        assertThat(ClaimCase.submit(otherOrganisation, claim))
                .isEqualTo(new Denied(Reason.CLAIMS_FOR_ANOTHER));
        assertThat(ClaimCase.submit(Given.VERIFIER_ACTS, claim))
                .isEqualTo(new Denied(Reason.ROLE_MAY_NOT));
        assertThat(in(VERIFIED).withdraw(otherOrganisation))
                .isEqualTo(new Denied(Reason.CLAIMS_FOR_ANOTHER));
    }

    @Test
    void theCaseSaysWhoStandsForIt() {
        var byVerifier = Given.taken(in(IN_REVIEW).verify(Given.VERIFIER_ACTS));
        var byPolicy = Given.taken(in(CHECKED).decide(Given.MACHINE_ACTS, BY_POLICY));
        var issued = Given.taken(byPolicy.issue(Given.MACHINE_ACTS));

        UUID verifier = Given.VERIFIER.id();
        assertThat(byVerifier.verifiedBy()).contains(new VerifiedBy.Verifier(verifier));
        assertThat(byPolicy.verifiedBy()).contains(new VerifiedBy.Machine("demo", 1));
        assertThat(issued.verifiedBy()).isEqualTo(byPolicy.verifiedBy());
    }

    private static ClaimCase in(ClaimState state) {
        Optional<VerifiedBy> verifiedBy =
                state.isVerified()
                        ? Optional.of(new VerifiedBy.Verifier(Given.VERIFIER.id()))
                        : Optional.empty();
        boolean inHand = state == IN_REVIEW || state == INFORMATION_REQUESTED || state.isVerified();
        var reviewer = new Review.Reviewer(Given.VERIFIER_PERSON, Given.VERIFIER.id());
        var review =
                new Review(
                        inHand ? Optional.of(reviewer) : Optional.empty(),
                        Set.of(),
                        state == INFORMATION_REQUESTED ? Set.of(QUESTION) : Set.of(),
                        Optional.empty());
        return new ClaimCase(Given.claim(), state, verifiedBy, review);
    }
}
