package org.wattmark.server.ledger;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.server.security.StepLimits;
import tools.jackson.core.JacksonException;

/// Transfers by the thousand: as many as one commit takes, each with an outcome of its own.
@RestController
@Tag(name = "Transfers")
class TransferEndpoints {

    /// In one request, each leg of a linked group counted: a request fills a commit by itself, and
    /// more would only wait. With the longest names they have half of what a body may have.
    static final int MAX_TRANSFERS = Sequencer.MAX_BATCH;

    static final String POSTED = "posted";
    static final String REJECTED = "rejected";

    private static final TransferFault QUARANTINED =
            new TransferFault(
                    "internal_error",
                    null,
                    "something is wrong on our side; nothing of this item was done");

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final OwnAccounts accounts;
    private final StepLimits limits;
    private final TrustedPayees payees;

    TransferEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            OwnAccounts accounts,
            StepLimits limits,
            TrustedPayees payees) {
        this.payees = payees;
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.limits = limits;
    }

    /// Posts up to 8,000 transfers, in their order. Each is posted or rejected by itself; only the
    /// legs of a linked item happen together or not at all. What is yours goes to your trusted
    /// payees alone, and within a day no more than a limit. Every item has an id of its own, so the
    /// whole request is safe to send again: what was posted is not posted twice.
    @PostMapping(
            path = "/api/v1/transfers",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = TransfersBody.class)))
    @ApiResponse(
            responseCode = "207",
            description = "What came of each item, in the order of the request.",
            content = @Content(schema = @Schema(implementation = Outcomes.class)))
    void transfer(HttpServletRequest request, HttpServletResponse response, Actor actor)
            throws IOException {
        var items = read(request);
        var moving = Moving.of(items);
        limits.require(actor, moving.grams(), moving.minorUnits());
        var rights = PostingRights.of(accounts.of(actor), actor.is(Role.OPERATOR), items, jdbc);
        var faults = faults(items, rights, actor);
        var commands = new ArrayList<Command<Posting>>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (faults.get(i) == null && items.get(i) instanceof TransferItem.Wish(var command)) {
                commands.add(command);
            }
        }
        // One visible line moves all of it: as few commits as there is room for in each.
        var answers = sequencer.submitAll(actor.organisation(), commands);
        awaitAll(answers);
        response.setStatus(HttpStatus.MULTI_STATUS.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        write(items, faults, answers, response);
    }

    /// What speaks against each item before the ledger is asked; null where nothing does.
    private List<@Nullable TransferFault> faults(
            List<TransferItem> items, PostingRights rights, Actor actor) {
        var faults = new ArrayList<@Nullable TransferFault>(items.size());
        for (var item : items) {
            faults.add(
                    switch (item) {
                        case TransferItem.Faulty(var _, var wrong) -> wrong;
                        case TransferItem.Wish(var command) ->
                                rights.whyNot(command, faults.size());
                    });
        }
        return actor.is(Role.OPERATOR)
                ? faults
                : payees.judge(actor.organisation(), accounts.of(actor), items, faults);
    }

    private static List<TransferItem> read(HttpServletRequest request) throws IOException {
        // The body is no longer than any body may be, so it is taken as a whole.
        var body = request.getInputStream().readAllBytes();
        try {
            return new TransferReader(body, MAX_TRANSFERS).read();
        } catch (JacksonException e) {
            HttpInputMessage message = new ServletServerHttpRequest(request);
            throw new HttpMessageNotReadableException("the body is not JSON", e, message);
        }
    }

    /// The last is decided last, as a rule: who waits for it first wakes once and not for each.
    private static void awaitAll(List<CompletableFuture<Posting>> answers) {
        for (var answer : answers.reversed()) {
            try {
                var _ = Sequencer.await(answer);
            } catch (Sequencer.Quarantined e) {
                // It is told with its outcome: its neighbours stand.
            }
        }
    }

    private static void write(
            List<TransferItem> items,
            List<@Nullable TransferFault> faults,
            List<CompletableFuture<Posting>> answers,
            HttpServletResponse response)
            throws IOException {
        var next = answers.iterator();
        try (var writer = new OutcomeWriter(response.getOutputStream())) {
            for (int i = 0; i < items.size(); i++) {
                var fault = faults.get(i);
                var id = idOf(items.get(i));
                if (fault != null) {
                    writer.write(id, fault);
                    continue;
                }
                var answer = next.next();
                if (answer.isCompletedExceptionally() || id == null) {
                    writer.write(id, QUARANTINED);
                } else {
                    writer.write(id, answer.join());
                }
            }
        }
    }

    private static @Nullable UUID idOf(TransferItem item) {
        return switch (item) {
            case TransferItem.Wish(var command) -> command.id();
            case TransferItem.Faulty(var id, var _) -> id;
        };
    }

    /// What an item is.
    enum TransferKind {
        PLAIN,
        PENDING,
        POST_PENDING,
        VOID_PENDING,
        LINKED
    }

    /// @param transfers 1 to 8,000, each leg of a linked one counted
    record TransfersBody(List<TransferBody> transfers) {}

    /// One item. Which fields it needs follows from its kind.
    ///
    /// @param id chosen by the client, version 7 by preference; version 8 is refused, and a leg of
    ///   a linked item has none
    /// @param kind PLAIN if it is absent, and LINKED if `linked` is there
    /// @param debit the account that gives
    /// @param credit the account that receives
    /// @param asset such as `money:EUR`
    /// @param amount in the asset's base unit, from 1; of POST_PENDING at most what is reserved,
    ///   and all of it if absent
    /// @param balancing the amount is the most that may move: DEBIT moves no more than the debited
    ///   account has, CREDIT no more than the credited one is below zero
    /// @param timeoutSeconds of PENDING, after which it goes back; 0 or absent if it waits for ever
    /// @param pending the id of the PENDING item that is to be posted or voided
    /// @param code why, 0 to 32767 in your own words; public
    /// @param reference what it belongs to in your own system; public
    /// @param linked items that happen together or not at all, 1 to 1,000
    record TransferBody(
            @Nullable UUID id,
            @Nullable TransferKind kind,
            @Nullable String debit,
            @Nullable String credit,
            @Nullable String asset,
            @Nullable Long amount,
            PostTransfer.@Nullable Balancing balancing,
            @Nullable Integer timeoutSeconds,
            @Nullable UUID pending,
            @Nullable Integer code,
            @Nullable UUID reference,
            @Nullable List<TransferBody> linked) {}

    record Outcomes(List<Outcome> outcomes) {}

    /// @param id of the item; absent if it could not be read
    /// @param receipts of what was posted: one for each transfer that moved
    /// @param amounts what each moved, if that was left to the ledger: of a balancing item, and of
    ///   what was posted of a pending one
    /// @param code why it was rejected; stable. An item that was rejected with a `pointer` did not
    ///   reach the ledger, and its id is free
    /// @param message the same for a person
    /// @param pointer the place that is wrong, a JSON pointer
    /// @param leg which leg was rejected, from 0
    record Outcome(
            @Nullable UUID id,
            @Schema(allowableValues = {POSTED, REJECTED}) String status,
            @Nullable List<Receipt> receipts,
            @Nullable List<Long> amounts,
            @Nullable String code,
            @Nullable String message,
            @Nullable String pointer,
            @Nullable Integer leg) {}
}
