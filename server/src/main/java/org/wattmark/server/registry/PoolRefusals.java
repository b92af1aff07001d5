package org.wattmark.server.registry;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import org.springframework.http.ResponseEntity;
import org.wattmark.registry.Pooling;
import org.wattmark.registry.Pools;

/// Refusals about pools as answers.
final class PoolRefusals {

    private PoolRefusals() {}

    static ResponseEntity<?> of(Pooling.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case ROLE_MAY_NOT -> refusal(FORBIDDEN, reason, "Proponents have pools.");
            case PROJECT_UNKNOWN -> refusal(NOT_FOUND, reason, "No project has this id.");
            case NOT_YOUR_PROJECT ->
                    refusal(FORBIDDEN, reason, "A project's proponent founds its pool.");
            case POOL_EXISTS -> refusal(CONFLICT, reason, "The project has a pool.");
            case POOL_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "You have to do with no pool of this project.");
            case RUNS_THE_POOL ->
                    refusal(CONFLICT, reason, "Who runs a pool belongs to it, and does not leave.");
            case NOT_IN_THIS_STANDING ->
                    refusal(
                            CONFLICT,
                            reason,
                            "The proponent invites who is not there, who was invited joins by"
                                    + " themselves, and who is there leaves.");
            case POOL_FULL ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A pool has at most " + Pools.MOST_MEMBERS + " members.");
            case BLOCK_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No block of this pool's has this id.");
            case ALREADY_DIVIDED ->
                    refusal(CONFLICT, reason, "The block was divided: see the pool's divisions.");
            case NOTHING_TO_DIVIDE ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Of this block the pool has nothing: it was issued before there was a"
                                    + " pool, or cancelled.");
            case STANDS_STILL ->
                    refusal(
                            CONFLICT,
                            reason,
                            "The block or an account stands still. Ask the registry's operator,"
                                    + " then come under a new id.");
        };
    }
}
