package org.wattmark.server.granular;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.wattmark.registry.GranularDecision;
import org.wattmark.registry.GranularRequesting;
import org.wattmark.registry.GranularRetiring;
import org.wattmark.server.problem.Problem;

/// Refusals of granular certificates as answers.
final class GranularRefusals {

    private static final String LATER = "Ask the registry's operator, then come under a new id.";

    private GranularRefusals() {}

    static RuntimeException unknownIssuance(UUID id) {
        return Problem.of(
                        NOT_FOUND,
                        "issuance_unknown",
                        "No issuance of granular certificates has the id " + id + ".")
                .asException();
    }

    static RuntimeException unknownCertificate(UUID id) {
        return Problem.of(
                        NOT_FOUND,
                        "certificate_unknown",
                        "No granular certificate has the id " + id + ".")
                .asException();
    }

    static ResponseEntity<?> of(GranularRequesting.Reason reason, String about) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROJECT_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No project has the id " + about + ".");
            case ROLE_MAY_NOT -> refusal(FORBIDDEN, reason, "A proponent asks for certificates.");
            case NOT_YOUR_PROJECT ->
                    refusal(FORBIDDEN, reason, "The project is another organisation's.");
            case TIER_TOO_LOW ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Nobody but its owner attests to what the device says (T0): no"
                                    + " certificate is issued for it.");
            case SIMULATED_IS_TEST ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The device is simulated, and the project is not of class TEST.");
            case PERIOD_NOT_OVER ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "Hours are certified when over.");
            case ISSUANCE_SUSPENDED -> refusal(CONFLICT, reason, "Issuance stands still. " + LATER);
            case HOLDER_FROZEN ->
                    refusal(CONFLICT, reason, "The holder's account is frozen. " + LATER);
            case NO_WHOLE_HOUR ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "No hour of " + about + " was metered as a whole and in time.");
            case ALREADY_CLAIMED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Every metered hour of "
                                    + about
                                    + " backs something already: see GET"
                                    + " /api/v1/public/devices/{id}/backing.");
        };
    }

    static ResponseEntity<?> of(GranularDecision.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case ISSUANCE_UNKNOWN -> refusal(NOT_FOUND, reason, "No issuance has this id.");
            case ROLE_MAY_NOT -> refusal(FORBIDDEN, reason, "An operator decides.");
            case ALREADY_DECIDED -> refusal(CONFLICT, reason, "This was decided already.");
            case REQUESTER_DECIDES ->
                    refusal(FORBIDDEN, reason, "Who asked does not decide: another person does.");
            case NOT_INDEPENDENT ->
                    refusal(FORBIDDEN, reason, "You belong to the proponent: another decides.");
            case ISSUANCE_SUSPENDED -> refusal(CONFLICT, reason, "Issuance stands still.");
            case HOLDER_FROZEN -> refusal(CONFLICT, reason, "The holder's account is frozen.");
        };
    }

    static ResponseEntity<?> of(GranularRetiring.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case HOLDER_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Your organisation holds nothing yet, so nothing can be retired.");
            case CERTIFICATE_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No granular certificate has this id.");
            case HOUR_DIFFERS ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "What was made in one hour covers what was used in the same hour:"
                                    + " the consumption must lie within it.");
            case TEST_AND_LIVE_DO_NOT_MIX ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The certificate is of another class than your account.");
            case RETIREMENT_SUSPENDED ->
                    refusal(CONFLICT, reason, "Retirement stands still. " + LATER);
            case HOLDER_FROZEN -> refusal(CONFLICT, reason, "Your account is frozen. " + LATER);
            case CERTIFICATE_FROZEN ->
                    refusal(CONFLICT, reason, "The certificate is frozen. " + LATER);
            case QUANTITY_EXCEEDS_HOLDING ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "That is more than you hold: see GET /api/v1/granular-certificates.");
        };
    }
}
