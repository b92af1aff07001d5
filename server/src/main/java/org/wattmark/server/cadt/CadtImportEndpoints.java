package org.wattmark.server.cadt;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.cadt.CadtImports.Import;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What other registries tell of their projects and units, in the shape in which ours are given
/// out. It is their history: no unit of ours, no balance and no certificate follows from it.
@RestController
@Tag(name = "CADT")
class CadtImportEndpoints {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// An answer lists the first of them and counts the others.
    private static final int MOST_FAULTS = 100;

    private static final JsonMapper JSON = StrictJson.mapper();

    private final CadtImports imports;
    private final CadtRules rules;

    CadtImportEndpoints(CadtImports imports, CadtRules rules) {
        this.imports = imports;
        this.rules = rules;
    }

    /// Good rows are stored, bad ones are listed with sheet, row, column, value and what to change.
    ///
    /// @param dryRun answers the same and stores nothing
    @PostMapping(
            path = "/api/v1/cadt-imports",
            consumes = {MediaType.APPLICATION_JSON_VALUE, XLSX})
    ResponseEntity<?> take(
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String type,
            @RequestBody byte[] file,
            Actor actor) {
        var id = ChosenId.of(null, key, actor);
        var hash = Bytes.of(Canonical.sha256(file));
        var rows = CadtFile.read(file, type.startsWith(XLSX));
        return imports.alone(() -> {
            var before = imports.find(id);
            if (before.isPresent() && !dryRun) {
                return again(before.get(), hash);
            }
            var judged = rules.judge(rows);
            JsonNode answer = JSON.valueToTree(Answer.of(id, dryRun, rows, judged));
            if (!dryRun) {
                imports.store(id, hash, judged.good(), answer);
            }
            return ResponseEntity.status(dryRun ? HttpStatus.OK : HttpStatus.CREATED).body(answer);
        });
    }

    private static ResponseEntity<JsonNode> again(Import before, Bytes hash) {
        if (!before.file().equals(hash)) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "id_stands_for_another",
                    "This id was used before with another file. Choose a new one.");
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(JSON.readTree(before.answer()));
    }

    private static RuntimeException problem(HttpStatus status, String code, String detail) {
        return Problem.of(status, code, detail).asException();
    }

    private Import require(UUID id) {
        return imports.find(id)
                .orElseThrow(() ->
                        problem(HttpStatus.NOT_FOUND, "import_unknown", "No import has this id."));
    }

    /// Takes an import back, while no other import refers to its rows.
    @PostMapping("/api/v1/cadt-imports/{id}/undo")
    ImportView undo(@PathVariable UUID id) {
        return imports.alone(() -> {
            require(id);
            imports.hangingOn(id)
                    .ifPresent(other -> {
                        throw problem(
                                HttpStatus.CONFLICT,
                                "import_is_referred_to",
                                "Import " + other + " refers to its rows. Undo that one first.");
                    });
            imports.undo(id);
            return ImportView.of(require(id));
        });
    }

    /// What other registries have told, for everybody.
    @GetMapping("/api/v1/public/cadt-imports")
    Page<ImportView> standing(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                imports.standing(page.afterId(), page.fetch()).stream()
                        .map(ImportView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// The rows of an import, in the order of the file.
    @GetMapping("/api/v1/public/cadt-imports/{id}/rows")
    Page<RowView> rows(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        require(id);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                imports.rows(id, page.afterSequence(), page.fetch()).stream()
                        .map(row -> new RowView(row.position(), row.kind().sheet, row.fields()))
                        .toList(),
                view -> String.valueOf(view.position()));
    }

    /// @param stored rows that are kept from now on; of a dry run those that would be
    /// @param alreadyKnown rows that another import told in the same words
    /// @param bad rows that are not taken; `faults` lists the first 100
    record Answer(
            UUID id,
            boolean dryRun,
            int rows,
            int stored,
            int alreadyKnown,
            int bad,
            List<CadtRow.Fault> faults) {

        static Answer of(UUID id, boolean dryRun, List<CadtRow> rows, CadtRules.Judged judged) {
            return new Answer(
                    id,
                    dryRun,
                    rows.size(),
                    judged.good().size(),
                    judged.known(),
                    judged.faults().size(),
                    judged.faults().stream().limit(MOST_FAULTS).toList());
        }
    }

    /// @param note what it is not
    record ImportView(
            UUID id, String fileSha256, Instant at, @Nullable Instant undoneAt, String note) {

        static ImportView of(Import it) {
            return new ImportView(
                    it.id(),
                    it.file().hex(),
                    it.at(),
                    it.undoneAt().orElse(null),
                    "What another registry says. No units of this registry.");
        }
    }

    record RowView(int position, String sheet, Map<String, String> fields) {}
}
