package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.verification.ClaimState.APPROVED;
import static org.wattmark.verification.ClaimState.CHECKED;
import static org.wattmark.verification.ClaimState.ISSUED;
import static org.wattmark.verification.ClaimState.NEEDS_REVIEW;
import static org.wattmark.verification.ClaimState.REFUSED;
import static org.wattmark.verification.ClaimState.SUBMITTED;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wattmark.metering.Finding.Outcome;
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

    private record Action(Role role, BiFunction<ClaimCase, Actor, Transition> act) {}

    private static final Map<String, Action> ACTIONS = new LinkedHashMap<>();

    /// Every way from one state to another. What is not here is not possible.
    private static final Map<String, ClaimState> WAYS =
            Map.ofEntries(
                    Map.entry("SUBMITTED green", CHECKED),
                    Map.entry("SUBMITTED hold", NEEDS_REVIEW),
                    Map.entry("SUBMITTED reject", REFUSED),
                    Map.entry("CHECKED policy", APPROVED),
                    Map.entry("CHECKED drawn", NEEDS_REVIEW),
                    Map.entry("CHECKED approve", APPROVED),
                    Map.entry("CHECKED refuse", REFUSED),
                    Map.entry("NEEDS_REVIEW approve", APPROVED),
                    Map.entry("NEEDS_REVIEW refuse", REFUSED),
                    Map.entry("APPROVED issue", ISSUED));

    static {
        ACTIONS.put("green", checking(Outcome.INFO));
        ACTIONS.put("hold", checking(Outcome.HOLD));
        ACTIONS.put("reject", checking(Outcome.REJECT));
        ACTIONS.put("policy", new Action(Role.MACHINE, (c, actor) -> c.decide(actor, BY_POLICY)));
        ACTIONS.put("drawn", new Action(Role.MACHINE, (c, actor) -> c.decide(actor, DRAWN)));
        ACTIONS.put("approve", new Action(Role.VERIFIER, ClaimCase::approve));
        ACTIONS.put("refuse", new Action(Role.VERIFIER, ClaimCase::refuse));
        ACTIONS.put("issue", new Action(Role.MACHINE, ClaimCase::issue));
    }

    private static Action checking(Outcome outcome) {
        var finding = new CheckFinding(CheckFinding.Check.TIER, Map.of(), "", outcome);
        var report = new CheckReport(List.of(finding));
        return new Action(Role.MACHINE, (claim, actor) -> claim.check(actor, report));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheListedWaysExistForWhateverRole(ClaimState state) {
        var claimCase = in(state);

        for (var action : ACTIONS.entrySet()) {
            for (var role : Role.values()) {
                var actor = new Actor(Given.VERIFIER_PERSON, Given.VERIFIER, role);
                var transition = action.getValue().act().apply(claimCase, actor);
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

    @Test
    void theProponentsOwnOrganisationDoesNotVerify() {
        var own = new Actor(Given.VERIFIER_PERSON, Given.PROPONENT, Role.VERIFIER);

        assertDenied(own, Reason.NOT_INDEPENDENT);
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
            assertThat(in(state).approve(actor)).isEqualTo(new Denied(reason));
            assertThat(in(state).refuse(actor)).isEqualTo(new Denied(reason));
        }
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
    }

    @Test
    void theCaseSaysWhoApprovedIt() {
        var byVerifier = Given.taken(in(NEEDS_REVIEW).approve(Given.VERIFIER_ACTS));
        var byPolicy = Given.taken(in(CHECKED).decide(Given.MACHINE_ACTS, BY_POLICY));
        var issued = Given.taken(byPolicy.issue(Given.MACHINE_ACTS));

        UUID verifier = Given.VERIFIER.id();
        assertThat(byVerifier.verifiedBy()).contains(new VerifiedBy.Verifier(verifier));
        assertThat(byPolicy.verifiedBy()).contains(new VerifiedBy.Machine("demo", 1));
        assertThat(issued.verifiedBy()).isEqualTo(byPolicy.verifiedBy());
    }

    private static ClaimCase in(ClaimState state) {
        Optional<VerifiedBy> verifiedBy =
                state == APPROVED || state == ISSUED
                        ? Optional.of(new VerifiedBy.Verifier(Given.VERIFIER.id()))
                        : Optional.empty();
        return new ClaimCase(Given.claim(), state, verifiedBy);
    }
}
