package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.accounts.Reports.Report;
import org.wattmark.server.accounts.Reports.Share;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.secrets.RandomSecret;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Reports: inventories as they stood, as JSON, CSV, XLSX, PDF and a page; for the firm, for whom
/// it gives a link, and for everybody if it publishes one.
@RestController
@Tag(name = "Carbon accounts")
class ReportEndpoints {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private static final Duration LONGEST_SHARE = Duration.ofDays(366);
    private static final int LONGEST_RECIPIENT = 200;

    private final Sequencer sequencer;
    private final Reports reports;
    private final Inventories inventories;
    private final InstantSource time;

    ReportEndpoints(
            Sequencer sequencer, Reports reports, Inventories inventories, InstantSource time) {
        this.sequencer = sequencer;
        this.reports = reports;
        this.inventories = inventories;
        this.time = time;
    }

    /// How a report is given.
    enum Format {
        JSON(MediaType.APPLICATION_JSON_VALUE, "json"),
        CSV(BillFile.CSV, "csv"),
        XLSX(BillFile.XLSX, "xlsx"),
        PDF(MediaType.APPLICATION_PDF_VALUE, "pdf"),
        HTML(MediaType.TEXT_HTML_VALUE, "html");

        private final String mediaType;
        private final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }
    }

    /// Makes a report of the year's inventory as it stands. It never changes: a correction of an
    /// activity shows in the next one.
    @PostMapping("/api/v1/carbon-reports")
    ResponseEntity<?> make(
            Actor actor,
            @RequestBody ReportBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key) {
        var id = ChosenId.of(body.id(), key, actor);
        var known = reports.any(id);
        if (known.isPresent()) {
            if (!known.get().organisation().equals(actor.organisation())
                    || known.get().year() != body.year()) {
                throw Faults.anotherContent(id);
            }
            return ResponseEntity.ok(ReportView.of(known.get()));
        }
        var made = inventories.report(actor, Inventories.year(body.year()));
        var content = JSON.writeValueAsString(made.view()).getBytes(StandardCharsets.UTF_8);
        var report =
                new Report(
                        id,
                        actor.organisation(),
                        body.year(),
                        Bytes.of(content),
                        Bytes.of(Canonical.sha256(content)),
                        time.instant(),
                        null);
        if (!reports.add(report, made.figure(), actor.id())) {
            throw Faults.anotherContent(id);
        }
        return ResponseEntity.created(URI.create("/api/v1/carbon-reports/" + id))
                .body(ReportView.of(reports.any(id).orElseThrow()));
    }

    record ReportBody(@Nullable UUID id, int year) {}

    /// @param publishedAt since when anybody may read it, under `/api/v1/public/carbon-reports`
    record ReportView(
            UUID id, int year, String sha256, Instant recordedAt, @Nullable Instant publishedAt) {

        static ReportView of(Report report) {
            return new ReportView(
                    report.id(),
                    report.year(),
                    report.sha256().hex(),
                    report.recordedAt(),
                    report.publishedAt());
        }
    }

    /// The reports that your organisation has made, in the order of their ids.
    @GetMapping("/api/v1/carbon-reports")
    Page<ReportView> all(
            Actor actor,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                reports.page(actor.organisation(), page.afterId(), page.fetch()).stream()
                        .map(ReportView::of)
                        .toList(),
                each -> each.id().toString());
    }

    private Report mine(Actor actor, UUID id) {
        return reports.find(actor.organisation(), id)
                .orElseThrow(() -> Faults.unknown("carbon_report", id));
    }

    /// A report of yours.
    @GetMapping(
            path = "/api/v1/carbon-reports/{id}",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                BillFile.CSV,
                BillFile.XLSX,
                MediaType.APPLICATION_PDF_VALUE,
                MediaType.TEXT_HTML_VALUE
            })
    ResponseEntity<?> one(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "JSON") Format format) {
        return file(mine(actor, id), format);
    }

    static InventoryView viewOf(Report report) {
        return JSON.readValue(report.content().toByteArray(), InventoryView.class);
    }

    private static ResponseEntity<?> file(Report report, Format format) {
        var hash = report.sha256().hex();
        byte[] content;
        if (format == Format.JSON) {
            content = report.content().toByteArray();
        } else {
            var view = viewOf(report);
            content =
                    switch (format) {
                        case CSV -> ReportFiles.csv(view);
                        case XLSX -> ReportFiles.workbook(view);
                        case PDF -> ReportPage.pdf(view, hash);
                        case HTML -> ReportPage.html(view, hash).getBytes(StandardCharsets.UTF_8);
                        case JSON -> throw new AssertionError("given as it is");
                    };
        }
        var answer =
                ResponseEntity.ok()
                        .contentType(
                                new MediaType(
                                        MediaType.parseMediaType(format.mediaType),
                                        StandardCharsets.UTF_8))
                        .cacheControl(CacheControl.noStore());
        if (format != Format.HTML) {
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("inventory-" + report.year() + "." + format.ending)
                            .build()
                            .toString());
        }
        return answer.body(content);
    }

    /// Lets everybody read a report, and writes its SHA-256 into the log. It stays public: who has
    /// read it cannot unread it.
    @PutMapping("/api/v1/carbon-reports/{id}/publication")
    ResponseEntity<?> publish(Actor actor, @PathVariable UUID id) {
        var report = mine(actor, id);
        var fact = new ReportPublished(report.id(), report.year(), report.sha256());
        return switch (sequencer.apply(new PublishReport(fact))) {
            case PublishReport.Outcome.Recorded(var receipt) -> {
                reports.publish(report);
                yield ResponseEntity.ok(new Published(ReportView.of(mine(actor, id)), receipt));
            }
            case PublishReport.Outcome.Refused _ -> throw Faults.anotherContent(id);
        };
    }

    record Published(ReportView report, Receipt receipt) {}

    /// A report that its firm published.
    @GetMapping(
            path = "/api/v1/public/carbon-reports/{id}",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                BillFile.CSV,
                BillFile.XLSX,
                MediaType.APPLICATION_PDF_VALUE,
                MediaType.TEXT_HTML_VALUE
            })
    ResponseEntity<?> published(
            @PathVariable UUID id, @RequestParam(defaultValue = "HTML") Format format) {
        return reports.any(id)
                .filter(report -> report.publishedAt() != null)
                .<ResponseEntity<?>>map(report -> file(report, format))
                .orElseGet(() -> notThere());
    }

    /// The same answer whether there is none, or none any more: a link tells nothing by failing.
    private static ResponseEntity<?> notThere() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "report_not_there",
                        "There is no such report, or it is shown no longer.")
                .answer();
    }

    /// Makes a link to a report for somebody outside. It is shown once; only a hash is kept.
    @PostMapping("/api/v1/carbon-reports/{id}/shares")
    ResponseEntity<?> share(
            Actor actor,
            @PathVariable UUID id,
            @RequestBody ShareBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key) {
        var report = mine(actor, id);
        var expires = Optional.ofNullable(body.expiresAt()).orElse(time.instant().plus(days(90)));
        var now = time.instant();
        if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST_SHARE))) {
            throw Faults.invalid(
                    "/expires_at", "lies within the next 366 days, and not at " + expires);
        }
        var share =
                new Share(
                        ChosenId.of(body.id(), key, actor),
                        report.id(),
                        Faults.text("/recipient", body.recipient(), LONGEST_RECIPIENT),
                        expires,
                        null);
        var token = RandomSecret.make();
        if (!reports.share(report, share, hashOf(token), actor.id())) {
            throw Faults.conflict(
                    "share_known",
                    "The share " + share.id() + " was made before, and its link was shown then.");
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new MadeShare(ShareView.of(share), "/api/v1/public/shared-reports/" + token));
    }

    private static Duration days(int count) {
        return Duration.ofDays(count);
    }

    private static byte[] hashOf(String token) {
        return Canonical.of("wattmark/report-share/v1").text(token).sha256();
    }

    /// @param recipient for whom it is, in your words
    /// @param expiresAt 90 days from now if absent
    record ShareBody(@Nullable UUID id, String recipient, @Nullable Instant expiresAt) {}

    record ShareView(UUID id, String recipient, Instant expiresAt, @Nullable Instant revokedAt) {

        static ShareView of(Share share) {
            return new ShareView(
                    share.id(), share.recipient(), share.expiresAt(), share.revokedAt());
        }
    }

    /// @param path of the link; whoever has it can read the report until it expires
    record MadeShare(ShareView share, String path) {}

    record ShareList(List<ShareView> data) {}

    /// The links to a report of yours, without their secrets.
    @GetMapping("/api/v1/carbon-reports/{id}/shares")
    ShareList shares(Actor actor, @PathVariable UUID id) {
        return new ShareList(
                reports.sharesOf(mine(actor, id).id()).stream().map(ShareView::of).toList());
    }

    /// From now on the link shows nothing.
    @DeleteMapping("/api/v1/carbon-reports/{id}/shares/{share}")
    ResponseEntity<?> revoke(Actor actor, @PathVariable UUID id, @PathVariable UUID share) {
        if (!reports.revoke(mine(actor, id).id(), share)) {
            throw Faults.unknown("share", share);
        }
        return ResponseEntity.noContent().build();
    }

    /// A report by its link.
    @GetMapping(
            path = "/api/v1/public/shared-reports/{token}",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                BillFile.CSV,
                BillFile.XLSX,
                MediaType.APPLICATION_PDF_VALUE,
                MediaType.TEXT_HTML_VALUE
            })
    ResponseEntity<?> shared(
            @PathVariable String token, @RequestParam(defaultValue = "HTML") Format format) {
        return reports.sharedBy(hashOf(token), time.instant())
                .<ResponseEntity<?>>map(report -> file(report, format))
                .orElseGet(() -> notThere());
    }
}
