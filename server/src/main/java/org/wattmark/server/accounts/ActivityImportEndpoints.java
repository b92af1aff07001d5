package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.ActivityChecks;
import org.wattmark.emissions.ActivityFinding;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Canonical;

/// Takes in files of bills, one row an activity: CSV, the first sheet of an XLSX workbook, or Green
/// Button XML. A file is taken whole or not at all, and can be taken back.
@RestController
@Tag(name = "Carbon accounts")
class ActivityImportEndpoints {

    /// Bad rows and findings that an answer lists; the others are counted.
    private static final int MOST_LISTED = 100;

    private static final int LONGEST_NAME = 200;

    private final Imports imports;
    private final Activities activities;
    private final Sites sites;
    private final SiteMeters meters;
    private final AccountNews news;
    private final Library library;

    ActivityImportEndpoints(
            Imports imports,
            Activities activities,
            Sites sites,
            SiteMeters meters,
            AccountNews news,
            Library library) {
        this.imports = imports;
        this.activities = activities;
        this.sites = sites;
        this.meters = meters;
        this.news = news;
        this.library = library;
    }

    /// Tries a file and stores nothing. Asked for `text/csv` or for a workbook (`Accept`), it
    /// answers the same file with one more column, which says for each row what is wrong with it.
    @PostMapping(
            path = "/api/v1/activity-import-trials",
            consumes = {BillFile.CSV, BillFile.XLSX, GreenButtonBills.XML, GreenButtonBills.ATOM},
            produces = {MediaType.APPLICATION_JSON_VALUE, BillFile.CSV, BillFile.XLSX})
    ResponseEntity<?> tryOut(
            Actor actor,
            @ParameterObject BillOptions options,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String type,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            @RequestBody byte[] file) {
        var content = MediaType.parseMediaType(type);
        var read = read(actor, UUID.randomUUID(), content, options, file);
        var wanted = accept == null ? "" : accept;
        if (wanted.startsWith(BillFile.CSV) || wanted.startsWith(BillFile.XLSX)) {
            boolean asWorkbook = wanted.startsWith(BillFile.XLSX);
            return ResponseEntity.ok()
                    .contentType(
                            MediaType.parseMediaType(asWorkbook ? BillFile.XLSX : BillFile.CSV))
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.attachment()
                                    .filename("bills-with-errors" + (asWorkbook ? ".xlsx" : ".csv"))
                                    .build()
                                    .toString())
                    .body(BillFile.withErrors(read.table(), read.bills(), asWorkbook));
        }
        return ResponseEntity.ok(view(read, null));
    }

    private record Read(BillFile.Table table, BillTable.Bills bills, List<ActivityFinding> found) {

        long bad() {
            return bills.rows().stream().filter(row -> !row.isGood()).count();
        }

        long good() {
            return bills.rows().stream().filter(BillRow::isGood).count();
        }
    }

    private Read read(Actor actor, UUID id, MediaType type, BillOptions options, byte[] file) {
        var mine = sites.of(actor.organisation());
        var site = options.site();
        if (site != null && mine.stream().noneMatch(each -> each.id().equals(site))) {
            throw Faults.invalid("?site", "is no site of yours: " + site);
        }
        var table =
                GreenButtonBills.isFor(type)
                        ? GreenButtonBills.table(file)
                        : BillFile.read(file, type);
        table.fault()
                .ifPresent(fault -> {
                    throw unreadable(fault);
                });
        var bills = BillTable.read(table.rows(), options, library, id, mine);
        bills.fault()
                .ifPresent(fault -> {
                    throw unreadable(fault);
                });
        List<ActivityFinding> found = List.of();
        var days = days(bills);
        if (days.isPresent()) {
            var recorded = activities.within(actor.organisation(), days.get(), byId(mine));
            BillSuspicions.look(bills.rows(), recorded);
            var good = good(bills);
            found = new ArrayList<>(meters.findings(actor.organisation(), good));
            found.addAll(ActivityChecks.of(good, days.get()));
        }
        return new Read(table, bills, found);
    }

    private static List<org.wattmark.emissions.Activity> good(BillTable.Bills bills) {
        return bills.rows().stream()
                .filter(BillRow::isGood)
                .flatMap(row -> Optional.ofNullable(row.activity).stream())
                .toList();
    }

    private static java.util.Map<UUID, ReportingSite> byId(List<ReportingSite> sites) {
        return sites.stream().collect(Collectors.toMap(ReportingSite::id, site -> site));
    }

    private static Optional<BillPeriod> days(BillTable.Bills bills) {
        return good(bills).stream()
                .map(org.wattmark.emissions.Activity::period)
                .reduce((one, other) ->
                        new BillPeriod(
                                one.start().isBefore(other.start()) ? one.start() : other.start(),
                                one.end().isAfter(other.end()) ? one.end() : other.end()));
    }

    private static RuntimeException unreadable(String fault) {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "file_unreadable",
                        "Nothing was stored. " + fault)
                .asException();
    }

    /// Takes a file in. With bad rows nothing is stored and they are listed, unless `skip` says to
    /// take the good ones. The same file under the same id is taken once.
    ///
    /// @param id chosen by the client; the activities' ids follow from it
    /// @param name of the file, for people
    @PutMapping(
            path = "/api/v1/activity-imports/{id}",
            consumes = {BillFile.CSV, BillFile.XLSX, GreenButtonBills.XML, GreenButtonBills.ATOM})
    ResponseEntity<?> take(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "bills") String name,
            @ParameterObject BillOptions options,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String type,
            @RequestBody byte[] file) {
        var hash = Canonical.sha256(file);
        var before = imports.find(actor.organisation(), id);
        if (before.isPresent()) {
            if (!java.util.Arrays.equals(before.get().sha256().toByteArray(), hash)
                    || !before.get().options().equals(options.toString())) {
                throw Faults.anotherContent(id);
            }
            return ResponseEntity.ok(ActivityImportView.of(before.get()));
        }
        if (imports.isTaken(id)) {
            throw Faults.anotherContent(id);
        }
        var read = read(actor, id, MediaType.parseMediaType(type), options, file);
        if (read.good() == 0 || (read.bad() > 0 && !options.skipsBadRows())) {
            news.refused(actor.organisation(), id, hash, read.bad(), read.bills().rows().size());
            return badRows(read).answer();
        }
        imports.take(
                actor.organisation(),
                id,
                Faults.text("?name", name, LONGEST_NAME),
                hash,
                options.toString(),
                read.bills().rows(),
                read.found(),
                actor.id());
        var taken = imports.find(actor.organisation(), id).orElseThrow();
        return ResponseEntity.created(URI.create("/api/v1/activity-imports/" + id))
                .body(view(read, ActivityImportView.of(taken)));
    }

    private static Problem badRows(Read read) {
        var problem =
                Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "bad_rows",
                        "Nothing was stored: "
                                + read.bad()
                                + " of "
                                + read.bills().rows().size()
                                + " rows are bad. POST the file to /api/v1/activity-import-trials"
                                + " with Accept: text/csv to have it back with an error column.");
        for (var fault : faults(read)) {
            problem =
                    problem.at(
                            "/line/" + fault.line() + "/" + fault.column(),
                            (fault.value().isEmpty() ? "" : fault.value() + " ") + fault.remedy());
        }
        return problem;
    }

    private static List<BillRow.BillFault> faults(Read read) {
        return read.bills().rows().stream()
                .flatMap(row -> row.faults.stream())
                .limit(MOST_LISTED)
                .toList();
    }

    /// The files that your organisation has taken in, in the order of their ids.
    @GetMapping("/api/v1/activity-imports")
    Page<ActivityImportView> all(
            Actor actor,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                imports.page(actor.organisation(), page.afterId(), page.fetch()).stream()
                        .map(ActivityImportView::of)
                        .toList(),
                each -> each.id().toString());
    }

    /// A file that your organisation has taken in.
    @GetMapping("/api/v1/activity-imports/{id}")
    ActivityImportView one(Actor actor, @PathVariable UUID id) {
        return imports.find(actor.organisation(), id)
                .map(ActivityImportView::of)
                .orElseThrow(() -> Faults.unknown("activity_import", id));
    }

    /// Takes a file back: none of its activities counts any more. They are kept, as is what was
    /// made of them.
    @PutMapping("/api/v1/activity-imports/{id}/undoing")
    ActivityImportView undo(Actor actor, @PathVariable UUID id) {
        if (imports.find(actor.organisation(), id).isEmpty()) {
            throw Faults.unknown("activity_import", id);
        }
        if (imports.undo(id, actor.id()) == Imports.Undone.CORRECTED_SINCE) {
            throw Faults.conflict(
                    "corrected_since",
                    "Activities of this file were corrected since. Withdraw them one by one.");
        }
        return one(actor, id);
    }

    record ActivityImportView(
            UUID id,
            String name,
            String sha256,
            int activities,
            Instant recordedAt,
            String recordedBy,
            @Nullable Instant undoneAt) {

        static ActivityImportView of(Imports.Import each) {
            return new ActivityImportView(
                    each.id(),
                    each.fileName(),
                    each.sha256().hex(),
                    each.activities(),
                    each.recordedAt(),
                    each.recordedBy(),
                    each.undoneAt());
        }
    }

    private static TrialView view(Read read, @Nullable ActivityImportView taken) {
        var understood =
                read.bills().rows().stream()
                        .filter(BillRow::isGood)
                        .flatMap(row ->
                                Optional.ofNullable(row.activity)
                                        .map(it -> UnderstoodRow.of(row.line, it))
                                        .stream())
                        .limit(10)
                        .toList();
        return new TrialView(
                taken,
                read.bills().rows().size(),
                read.good(),
                read.bad(),
                faults(read),
                read.bills().understood(),
                understood,
                read.found().stream()
                        .limit(MOST_LISTED)
                        .map(each ->
                                new ActivityFindingView(
                                        each.activity(),
                                        each.check().name(),
                                        each.severity().name(),
                                        each.message()))
                        .toList(),
                read.found().size());
    }

    /// What came of a file, or would come of it.
    ///
    /// @param taken the import; absent if nothing was stored
    /// @param errors the first of the bad rows' faults
    /// @param understood how numbers and dates were read
    /// @param preview the first rows as they were understood
    /// @param findings worth a look; they keep no row out
    record TrialView(
            @Nullable ActivityImportView taken,
            long rows,
            long goodRows,
            long badRows,
            List<BillRow.BillFault> errors,
            List<String> understood,
            List<UnderstoodRow> preview,
            List<ActivityFindingView> findings,
            int findingsInAll) {}

    record ActivityFindingView(UUID activity, String check, String severity, String message) {}

    /// @param quantity with its unit, as it was understood
    record UnderstoodRow(long line, String site, String item, String quantity, String period) {

        static UnderstoodRow of(long line, org.wattmark.emissions.Activity activity) {
            return new UnderstoodRow(
                    line,
                    activity.site().name(),
                    activity.item().name(),
                    activity.quantity().toString(),
                    activity.period().toString());
        }
    }
}
