package org.wattmark.server.cadt;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.paging.Page;

/// Projects, issuances and units in the shape of the Climate Action Data Trust, for whoever keeps
/// registries side by side. Field names are CADT's, version 1 of its data model.
@RestController
@Tag(name = "CADT")
class CadtEndpoints {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final int MOST_UNITS = 1_000;

    private final CadtExport export;

    CadtEndpoints(CadtExport export) {
        this.export = export;
    }

    /// Rows of units in the order of their blocks and serials, with the projects and issuances that
    /// they belong to.
    @GetMapping(path = "/api/v1/public/cadt", produces = MediaType.APPLICATION_JSON_VALUE)
    CadtView json(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "200") int limit) {
        var page = page(cursor, limit);
        var parts = export.of(page.data());
        return new CadtView(
                parts.projects(),
                parts.issuances(),
                parts.units(),
                page.nextCursor(),
                page.hasMore());
    }

    /// The same as a workbook with a sheet for each.
    @GetMapping(path = "/api/v1/public/cadt-workbook", produces = XLSX)
    @ApiResponse(
            responseCode = "200",
            description = "The workbook.",
            content =
                    @Content(
                            mediaType = XLSX,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> workbook(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "200") int limit) {
        var page = page(cursor, limit);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, XLSX)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cadt.xlsx\"")
                .body(CadtWorkbook.of(export.of(page.data())));
    }

    private Page<CadtExport.UnitRow> page(@Nullable String cursor, int limit) {
        var page = Page.Request.of(cursor, limit, MOST_UNITS);
        var after = page.after(CadtExport.Place.START, CadtExport.Place::of);
        return page.over(export.units(after, page.fetch()), row -> row.place().toString());
    }

    /// @param projects by CADT's names: `warehouseProjectId`, `projectName` and so on
    /// @param issuances one for each claim
    /// @param units one for each range of serials: retired, cancelled, or still held
    record CadtView(
            List<Map<String, @Nullable Object>> projects,
            List<Map<String, @Nullable Object>> issuances,
            List<Map<String, @Nullable Object>> units,
            @Nullable String nextCursor,
            boolean hasMore) {}
}
