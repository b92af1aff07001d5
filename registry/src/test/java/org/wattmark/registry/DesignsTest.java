package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Given.LIVE_PROJECT;
import static org.wattmark.registry.Given.PROPONENT;
import static org.wattmark.registry.Given.PROPONENT_ACTS;
import static org.wattmark.registry.Given.TEST_PROJECT;
import static org.wattmark.registry.Given.VALIDATOR_ACTS;
import static org.wattmark.registry.Given.id;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Command;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.UnitClass;

/// The office begins with a design of the live project, validated from 2020 up to 2027.
class DesignsTest {

    private final Office office = Office.open();

    @AfterEach
    void close() {
        office.close();
    }

    private static Period years(int from, int to) {
        return new Period(
                Instant.parse(from + "-01-01T00:00:00Z"), Instant.parse(to + "-01-01T00:00:00Z"));
    }

    private static Design design(Project project, Period crediting, boolean renewable) {
        var like = Given.design(project);
        return new Design(
                like.project(),
                1,
                like.document(),
                like.summary(),
                like.location(),
                like.site(),
                crediting,
                renewable,
                like.exclusivity(),
                like.additionality(),
                like.submittedBy());
    }

    private Object submit(Design design) {
        return outcome(new SubmitDesign(office.nextId(), PROPONENT_ACTS, design));
    }

    private Object judge(Actor actor, Project project, int number, boolean valid) {
        return outcome(
                new JudgeDesign(office.nextId(), actor, project.id(), number, valid, "words"));
    }

    /// The state, or why not.
    private Object outcome(Command<Designing> command) {
        return switch (office.apply(command)) {
            case Designing.Taken(var _, var state, var _) -> state;
            case Designing.Denied(var reason) -> reason;
        };
    }

    @Test
    void aDesignIsValidatedByAnIndependentPersonOnce() {
        submit(design(TEST_PROJECT, years(2020, 2027), true));
        var own = new Actor(id(51), PROPONENT, Role.VERIFIER);
        var submitter = new Actor(PROPONENT_ACTS.person(), Given.VERIFIER, Role.VERIFIER);
        var member = new Actor(id(52), Given.VERIFIER, Role.VERIFIER, Set.of(PROPONENT.id()));

        assertThat(judge(PROPONENT_ACTS, TEST_PROJECT, 1, true))
                .isEqualTo(Designing.Reason.ROLE_MAY_NOT);
        assertThat(judge(own, TEST_PROJECT, 1, true)).isEqualTo(Designing.Reason.NOT_INDEPENDENT);
        assertThat(judge(member, TEST_PROJECT, 1, true))
                .isEqualTo(Designing.Reason.NOT_INDEPENDENT);
        assertThat(judge(submitter, TEST_PROJECT, 1, true))
                .isEqualTo(Designing.Reason.SUBMITTER_DECIDES);
        assertThat(judge(VALIDATOR_ACTS, TEST_PROJECT, 1, true)).isEqualTo(DesignState.VALIDATED);
        assertThat(judge(VALIDATOR_ACTS, TEST_PROJECT, 1, false))
                .isEqualTo(Designing.Reason.NOT_IN_THIS_STATE);
        assertThat(judge(VALIDATOR_ACTS, TEST_PROJECT, 2, true))
                .isEqualTo(Designing.Reason.DESIGN_UNKNOWN);
    }

    @Test
    void aRefusedDesignMakesRoomForABetterOne() {
        submit(design(TEST_PROJECT, years(2020, 2027), true));
        var tooEarly = submit(design(TEST_PROJECT, years(2020, 2027), true));
        judge(VALIDATOR_ACTS, TEST_PROJECT, 1, false);

        var better = submit(design(TEST_PROJECT, years(2021, 2028), true));

        assertThat(tooEarly).isEqualTo(Designing.Reason.DESIGN_WAITS);
        assertThat(better).isEqualTo(DesignState.SUBMITTED);
    }

    @Test
    void creditingPeriodsAreSevenYearsRenewableOrTenFixed() {
        assertThat(submit(design(TEST_PROJECT, years(2020, 2028), true)))
                .isEqualTo(Designing.Reason.CREDITING_PERIOD_TOO_LONG);
        assertThat(submit(design(TEST_PROJECT, years(2020, 2031), false)))
                .isEqualTo(Designing.Reason.CREDITING_PERIOD_TOO_LONG);
        assertThat(
                        submit(
                                design(
                                        TEST_PROJECT,
                                        new Period(
                                                Instant.parse("2020-01-01T00:00:00Z"),
                                                Instant.parse("2021-06-01T00:00:00Z")),
                                        true)))
                .isEqualTo(Designing.Reason.CREDITING_PERIOD_TOO_LONG);
        assertThat(submit(design(TEST_PROJECT, years(2020, 2030), false)))
                .isEqualTo(DesignState.SUBMITTED);
    }

    @Test
    void aRenewalFollowsIsValidatedAnewAndComesTwiceAtMost() {
        assertThat(submit(design(LIVE_PROJECT, years(2028, 2035), true)))
                .isEqualTo(Designing.Reason.DOES_NOT_FOLLOW);
        assertThat(submit(design(LIVE_PROJECT, years(2027, 2034), true)))
                .isEqualTo(DesignState.SUBMITTED);
        judge(VALIDATOR_ACTS, LIVE_PROJECT, 2, true);
        submit(design(LIVE_PROJECT, years(2034, 2041), true));
        judge(VALIDATOR_ACTS, LIVE_PROJECT, 3, true);

        assertThat(submit(design(LIVE_PROJECT, years(2041, 2048), true)))
                .isEqualTo(Designing.Reason.NOT_RENEWABLE);
    }

    @Test
    void aFixedCreditingPeriodIsNotRenewed() {
        submit(design(TEST_PROJECT, years(2020, 2030), false));
        judge(VALIDATOR_ACTS, TEST_PROJECT, 1, true);

        assertThat(submit(design(TEST_PROJECT, years(2030, 2037), true)))
                .isEqualTo(Designing.Reason.NOT_RENEWABLE);
    }

    @Test
    void aMonitoringPeriodLiesInACreditingPeriod() {
        submit(design(TEST_PROJECT, years(2026, 2033), true));
        var before = office.submit(Given.claim(1, UnitClass.TEST));
        judge(VALIDATOR_ACTS, TEST_PROJECT, 1, true);

        var after = office.submit(Given.claim(2, UnitClass.TEST));

        assertThat(before).isInstanceOf(Submission.Submitted.class); // nothing is validated yet
        assertThat(after)
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(Submission.Reason.OUTSIDE_CREDITING_PERIOD));
    }

    @Test
    void whatCountsSaysWhyItIsAdditional() {
        var like = Given.design(LIVE_PROJECT);
        var silent =
                new Design(
                        LIVE_PROJECT.id(),
                        1,
                        like.document(),
                        like.summary(),
                        like.location(),
                        like.site(),
                        years(2027, 2034),
                        true,
                        like.exclusivity(),
                        Optional.empty(),
                        like.submittedBy());

        assertThat(submit(silent)).isEqualTo(Designing.Reason.ADDITIONALITY_NOT_ANSWERED);
    }
}
