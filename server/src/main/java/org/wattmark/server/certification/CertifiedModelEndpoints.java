package org.wattmark.server.certification;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
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
import org.wattmark.server.certification.CertifiedModel.Protocol;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Bytes;

/// Which models of devices have passed the rules for devices: operators list and withdraw them,
/// anyone reads.
@RestController
@Tag(name = "Certified models")
class CertifiedModelEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;

    CertifiedModelEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
    }

    /// Lists a model with one firmware as certified, by the report of `wattmark conformance`.
    @PostMapping("/api/v1/certified-models")
    ResponseEntity<?> certify(
            @RequestBody ModelBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var id = ChosenId.of(body.id(), key, actor);
        return answer(new CertifyModel(body.toModel(id), actor.organisation()));
    }

    /// Withdraws a certified model. It stays in the list, with the reason.
    @PostMapping("/api/v1/certified-models/{id}/withdrawals")
    ResponseEntity<?> withdraw(
            @PathVariable("id") UUID model,
            @RequestBody WithdrawalBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var id = ChosenId.of(body.id(), key, actor);
        var withdrawal =
                at("/reason", () -> new ModelWithdrawn(model, body.reason(), actor.organisation()));
        return answer(new WithdrawModel(id, withdrawal));
    }

    private ResponseEntity<?> answer(Command<Certification> command) {
        return switch (sequencer.apply(command)) {
            case Certification.Done(var model, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/public/certified-models/" + model))
                            .body(new CertificationView(command.id(), model, receipt));
            case Certification.Refused(var reason) -> problem(reason);
        };
    }

    private static ResponseEntity<?> problem(Certification.Reason reason) {
        var code = reason.name().toLowerCase(Locale.ROOT);
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER ->
                    Problem.of(HttpStatus.CONFLICT, code, "This id was used for another request.")
                            .at("/id", "stands for another request")
                            .answer();
            case ALREADY_CERTIFIED ->
                    Problem.of(
                                    HttpStatus.CONFLICT,
                                    code,
                                    "This model with this firmware and protocol is certified."
                                            + " Withdraw it before it is certified anew.")
                            .answer();
            case MODEL_UNKNOWN ->
                    Problem.of(HttpStatus.NOT_FOUND, code, "No certified model has this id.")
                            .answer();
            case ALREADY_WITHDRAWN ->
                    Problem.of(HttpStatus.CONFLICT, code, "This model was withdrawn before.")
                            .answer();
        };
    }

    /// All models that ever were certified, the oldest first.
    ///
    /// @param state only those that count, or only those that do not
    /// @param maker only this maker's
    @GetMapping("/api/v1/public/certified-models")
    Page<ModelView> models(
            @RequestParam(required = false) ModelView.@Nullable State state,
            @RequestParam(required = false) @Nullable String maker,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                CertifiedModelTable.SELECT
                                        + """
                                        where sequence > :after
                                            and (cast(:maker as text) is null or maker = :maker)
                                            and (cast(:counts as boolean) is null
                                                or (withdrawn_sequence = 0) = :counts)
                                        order by sequence limit :limit
                                        """)
                        .param("after", page.afterSequence())
                        .param("maker", maker)
                        .param("counts", state == null ? null : state == ModelView.State.CERTIFIED)
                        .param("limit", page.fetch())
                        .query(CertifiedModelTable::listed)
                        .list()
                        .stream()
                        .map(ModelView::of)
                        .toList(),
                view -> String.valueOf(view.sequence()));
    }

    /// A certified model of devices.
    @GetMapping("/api/v1/public/certified-models/{id}")
    ResponseEntity<?> model(@PathVariable UUID id) {
        return jdbc.sql(CertifiedModelTable.SELECT + "where id = :id")
                .param("id", id)
                .query(CertifiedModelTable::listed)
                .optional()
                .<ResponseEntity<?>>map(listed -> ResponseEntity.ok(ModelView.of(listed)))
                .orElseGet(() -> problem(Certification.Reason.MODEL_UNKNOWN));
    }

    private static <T> T at(String pointer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage());
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "invalid_value",
                            "The value at " + pointer + " cannot be taken: " + why)
                    .at(pointer, why)
                    .asException();
        }
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param reportSha256 of the conformance report, 64 hexadecimal digits
    /// @param certifiedOn the day of the report
    record ModelBody(
            @Nullable UUID id,
            String maker,
            String model,
            String firmware,
            Protocol protocol,
            String reportSha256,
            LocalDate certifiedOn) {

        CertifiedModel toModel(UUID chosen) {
            named("maker", maker);
            named("model", model);
            named("firmware", firmware);
            var report =
                    at(
                            "/report_sha256",
                            () -> {
                                if (reportSha256.length() != 64) {
                                    throw new IllegalArgumentException(
                                            "a SHA-256 has 64 hexadecimal digits, not "
                                                    + reportSha256.length());
                                }
                                return Bytes.of(HexFormat.of().parseHex(reportSha256));
                            });
            return at(
                    "/certified_on",
                    () ->
                            new CertifiedModel(
                                    chosen, maker, model, firmware, protocol, report, certifiedOn));
        }

        private static void named(String field, String name) {
            var _ =
                    at(
                            "/" + field,
                            () -> {
                                CertifiedModel.requireName(field, name);
                                return name;
                            });
        }
    }

    /// @param reason 1 to 500 characters; it is public for ever
    record WithdrawalBody(@Nullable UUID id, String reason) {}

    /// @param id of this request
    /// @param model the model's id
    record CertificationView(UUID id, UUID model, Receipt receipt) {}

    /// @param sequence of the entry of the journal that certified it
    /// @param withdrawnSequence of the entry that withdrew it
    record ModelView(
            UUID id,
            String maker,
            String model,
            String firmware,
            Protocol protocol,
            String reportSha256,
            LocalDate certifiedOn,
            State state,
            long sequence,
            @Nullable Long withdrawnSequence,
            @Nullable String reason) {

        enum State {
            CERTIFIED,
            WITHDRAWN
        }

        static ModelView of(Listed listed) {
            var model = listed.model();
            return new ModelView(
                    model.id(),
                    model.maker(),
                    model.model(),
                    model.firmware(),
                    model.protocol(),
                    HexFormat.of().formatHex(model.reportSha256().toByteArray()),
                    model.certifiedOn(),
                    listed.counts() ? State.CERTIFIED : State.WITHDRAWN,
                    listed.sequence(),
                    listed.counts() ? null : listed.withdrawnSequence(),
                    listed.counts() ? null : listed.reason());
        }
    }
}
