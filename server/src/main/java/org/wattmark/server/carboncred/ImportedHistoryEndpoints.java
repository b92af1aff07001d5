package org.wattmark.server.carboncred;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.carboncred.ImportHistory.Outcome;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Bytes;

/// What other systems say that your organisation had. It is self-declared history: nothing was
/// issued for it.
@RestController
@Tag(name = "History")
class ImportedHistoryEndpoints {

    /// Whoever is no operator sees an import only if something in it is theirs, and only that.
    private static final String IMPORTS =
            """
            select encode(file_sha256, 'hex') as file, min(source) as source,
                min(sequence) as sequence, max(pages) as pages, count(*) as imported,
                min(chain_head) as chain_head, min(chain_entries) as chain_entries,
                min(first_break) as first_break, min(breaks) as breaks,
                (select count(*) from imported_holding as each
                    where each.file_sha256 = imported_history.file_sha256
                        and (:all or organisation_id = :organisation)) as holdings,
                (select coalesce(sum(each.kilograms), 0) from imported_holding as each
                    where each.file_sha256 = imported_history.file_sha256
                        and (:all or organisation_id = :organisation)) as kilograms
            from imported_history
            where :all or exists (select from imported_holding as each
                where each.file_sha256 = imported_history.file_sha256
                    and organisation_id = :organisation)
            group by file_sha256
            having min(sequence) > :after
            order by min(sequence) limit :limit
            """;

    private static final String HOLDINGS =
            """
            select source_row, credit, holder, holder_name, organisation_id, kilograms, status,
                sequence
            from imported_holding
            where file_sha256 = decode(:file, 'hex') and source_row > :after
                and (:all or organisation_id = :organisation)
            order by source_row limit :limit
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;

    ImportedHistoryEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
    }

    /// Writes down one page of a CarbonCred database's holdings. Sending a page again changes
    /// nothing and is answered alike. `wattmark import-carboncred` sends them.
    @PostMapping("/api/v1/history/carboncred")
    ResponseEntity<?> record(@RequestBody HistoryBody body, Actor actor) {
        actor.require(Role.OPERATOR);
        HistoryImported page;
        try {
            page = body.toPage();
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage());
            return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", "No page: " + why + ".")
                    .at("", why)
                    .answer();
        }
        requireOrganisations(page);
        return switch (sequencer.apply(new ImportHistory(page))) {
            case Outcome.Recorded(var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new RecordedView(body.fileSha256(), page.page(), receipt));
            case Outcome.Refused(var reason) ->
                    switch (reason) {
                        case ID_STANDS_FOR_ANOTHER ->
                                Problem.of(
                                                HttpStatus.CONFLICT,
                                                "id_stands_for_another",
                                                "This page of this file was imported before, with"
                                                        + " other holders or another chain.")
                                        .answer();
                    };
        };
    }

    private void requireOrganisations(HistoryImported page) {
        var named =
                page.holdings().stream()
                        .flatMap(each -> each.organisation().stream())
                        .distinct()
                        .toArray(UUID[]::new);
        long known =
                jdbc.sql("select count(*) from organisation where id = any (?)")
                        .param(named)
                        .query(Long.class)
                        .single();
        if (known != named.length) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "organisation_unknown",
                            "A holder is said to be an organisation that is not here.")
                    .at("/holdings", "an organisation is unknown")
                    .asException();
        }
    }

    /// What was imported, the oldest first. An operator sees all; anybody else what concerns their
    /// organisation.
    @GetMapping("/api/v1/history")
    Page<HistoryView> imports(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(IMPORTS)
                        .param("all", actor.is(Role.OPERATOR))
                        .param("organisation", actor.organisation())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) -> view(row))
                        .list(),
                each -> String.valueOf(each.sequence()));
    }

    private static HistoryView view(ResultSet row) throws SQLException {
        return new HistoryView(
                row.getString("file"),
                row.getString("source"),
                "T0",
                row.getLong("sequence"),
                row.getInt("pages"),
                row.getInt("imported"),
                row.getInt("pages") == row.getInt("imported"),
                row.getString("chain_head"),
                row.getLong("chain_entries"),
                row.getLong("first_break"),
                row.getLong("breaks"),
                row.getLong("holdings"),
                row.getLong("kilograms"));
    }

    /// The credits of an import that an operator said were your organisation's.
    @GetMapping("/api/v1/history/{file}/holdings")
    Page<HoldingView> holdings(
            @PathVariable String file,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(HOLDINGS)
                        .param("file", sha256(file).hex())
                        .param("after", page.afterSequence())
                        .param("all", actor.is(Role.OPERATOR))
                        .param("organisation", actor.organisation())
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new HoldingView(
                                        row.getLong("source_row"),
                                        row.getObject("credit", UUID.class),
                                        row.getString("holder"),
                                        row.getString("holder_name"),
                                        row.getObject("organisation_id", UUID.class),
                                        row.getLong("kilograms"),
                                        row.getString("status"),
                                        row.getLong("sequence")))
                        .list(),
                each -> String.valueOf(each.sourceRow()));
    }

    private static Bytes sha256(String file) {
        try {
            return Bytes.of(HexFormat.of().parseHex(file));
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "history_unknown",
                            "A file is named by its SHA-256 in hexadecimal digits.")
                    .asException();
        }
    }

    record RecordedView(String fileSha256, int page, Receipt receipt) {}

    /// @param tier T0: nobody but the owner attests
    /// @param complete whether all pages are here
    /// @param firstBreak the row at which the chain breaks first, 0 if it is whole
    /// @param holdings that you may see
    record HistoryView(
            String fileSha256,
            String source,
            String tier,
            long sequence,
            int pages,
            int pagesImported,
            boolean complete,
            String chainHead,
            long chainEntries,
            long firstBreak,
            long breaks,
            long holdings,
            long kilograms) {}

    /// @param sourceRow of the credit's last entry in the other system's ledger
    /// @param organisation of ours, if an operator said which
    record HoldingView(
            long sourceRow,
            UUID credit,
            String holder,
            String name,
            @Nullable UUID organisation,
            long kilograms,
            String status,
            long sequence) {}
}
