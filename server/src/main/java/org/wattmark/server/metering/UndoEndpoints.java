package org.wattmark.server.metering;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Shows owners the files that they imported, and undoes one that nothing stands against.
@RestController
class UndoEndpoints {

    private static final String OF_DEVICE =
            """
            select * from reading_import
            where device_id = :device and batches[1] > :after
            order by batches[1] limit :limit
            """;

    private static final String OWNED =
            """
            select reading_import.* from reading_import
            join device on device.id = device_id and owner_id = :owner
            where reading_import.id = :id
            """;

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final JdbcClient jdbc;

    UndoEndpoints(Sequencer sequencer, BondedDevices devices, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.jdbc = jdbc;
    }

    /// The device's imports in the order of the journal, the undone ones too.
    @GetMapping("/api/v1/devices/{id}/imports")
    Page<ImportState> list(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var device =
                devices.find(new DeviceId(id), actor.organisation())
                        .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                        .device();
        var page = Page.Request.of(cursor, limit);
        var rows =
                jdbc.sql(OF_DEVICE)
                        .param("device", device.id().value())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) -> ImportState.of(ImportTable.imported(row)))
                        .list();
        return page.over(rows, each -> Long.toString(each.receiptSequences().getFirst()));
    }

    /// An import of readings of yours.
    @GetMapping("/api/v1/imports/{id}")
    ImportState imported(Actor actor, @PathVariable UUID id) {
        return ImportState.of(owned(actor, id).orElseThrow(() -> unknown(id).asException()));
    }

    private Optional<ReadingImport> owned(Actor actor, UUID id) {
        return jdbc.sql(OWNED)
                .param("owner", actor.organisation())
                .param("id", id)
                .query((row, _) -> ImportTable.imported(row))
                .optional();
    }

    /// An entry of its own: nothing that was written is changed. What it stored counts no more, and
    /// another file can say something for its time.
    @PostMapping("/api/v1/imports/{id}/undo")
    ResponseEntity<?> undo(
            Actor actor,
            @PathVariable UUID id,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key) {
        actor.require(Role.PROPONENT);
        var command = ChosenId.of(null, key, actor);
        if (owned(actor, id).isEmpty()) {
            return unknown(id).answer();
        }
        return switch (sequencer.apply(new UndoImport(command, actor.organisation(), id))) {
            case ImportUndo.Undone undone -> ResponseEntity.status(HttpStatus.CREATED).body(undone);
            case ImportUndo.Refused refused -> problem(refused).answer();
        };
    }

    private static Problem unknown(UUID id) {
        return Problem.of(
                HttpStatus.NOT_FOUND, "import_unknown", "You have no import with the id " + id);
    }

    private static Problem problem(ImportUndo.Refused refused) {
        var code = refused.reason().name().toLowerCase(Locale.ROOT);
        var detail =
                switch (refused.reason()) {
                    case ID_STANDS_FOR_ANOTHER ->
                            "The Idempotency-Key was used for another request. Choose a new one.";
                    case IMPORT_UNKNOWN -> "You have no import with the id " + refused.by();
                    case IMPORT_ALREADY_UNDONE ->
                            "The import was undone " + refused.explanation() + ".";
                    case IMPORT_IS_CLAIMED ->
                            "The import stays: claim %s is %s. If it is refused, its energy is free"
                                    .concat(" again.")
                                    .formatted(refused.by(), refused.explanation());
                    case IMPORT_IS_REWARDED ->
                            "The import stays: programme %s has rewarded it %s."
                                    .formatted(refused.by(), refused.explanation());
                };
        return refused.reason() == ImportUndo.Reason.IMPORT_UNKNOWN
                ? unknown(refused.by())
                : Problem.of(HttpStatus.CONFLICT, code, detail);
    }

    /// @param state `TAKEN` or `UNDONE`
    /// @param receiptSequences the journal's entries of its batches
    /// @param undoneBySequence the entry that undid it; absent while it stands
    record ImportState(
            UUID id,
            UUID deviceId,
            Channel channel,
            String fileSha256,
            State state,
            Instant firstStart,
            Instant lastEnd,
            int accepted,
            int findings,
            long energyWattHours,
            List<Long> receiptSequences,
            @Nullable Long undoneBySequence) {

        enum State {
            TAKEN,
            UNDONE
        }

        static ImportState of(ReadingImport it) {
            return new ImportState(
                    it.id(),
                    it.device().value(),
                    it.channel(),
                    it.file().hex(),
                    it.undoneBy().isEmpty() ? State.TAKEN : State.UNDONE,
                    it.span().start(),
                    it.span().end(),
                    it.accepted(),
                    it.findings(),
                    it.energyWattHours(),
                    it.receipts(),
                    it.undoneBy().orElse(null));
        }
    }
}
