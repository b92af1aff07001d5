package org.wattmark.server.metering;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.Admission;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ReadingsFile;
import org.wattmark.metering.ReadingsFile.RowError;
import org.wattmark.metering.Sha256;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.metering.BatchAnswer.Found;
import org.wattmark.server.metering.Importer.Imported;
import org.wattmark.server.metering.Importer.Tried;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Takes in a file of readings for a device that does not sign: an authenticated feed, so tier T1
/// at most.
@RestController
class ImportEndpoint {

    /// Bad rows, findings and contradictions that one answer lists; the others are counted.
    private static final int MOST_LISTED = 100;

    private final Importer importer;
    private final BondedDevices devices;

    ImportEndpoint(Importer importer, BondedDevices devices) {
        this.importer = importer;
        this.devices = devices;
    }

    /// A file of readings: rows of CSV as [ReadingsFile] describes them, or with the columns that
    /// the query names; the first sheet of an XLSX workbook; or a series of a Green Button file.
    /// Good rows are stored, bad rows are listed. It is atomic per batch and resumable: sending the
    /// file again stores nothing twice.
    ///
    /// @param dryRun to be told what would come of it, and to store nothing
    /// @param key makes this import the same as another with this key and file, so that a file that
    ///   is sent again goes on with it; without one, each is an import of its own
    @PostMapping(
            path = "/api/v1/devices/{id}/imports",
            consumes = {
                ImportFiles.CSV,
                ImportFiles.XLSX,
                ImportFiles.XML,
                ImportFiles.TEXT_XML,
                ImportFiles.ATOM
            })
    ResponseEntity<?> take(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "GENERATION") Channel channel,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @ParameterObject ImportQuery query,
            HttpServletRequest request,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            InputStream file)
            throws IOException {
        actor.require(Role.PROPONENT);
        var device =
                devices.find(new DeviceId(id), actor.organisation())
                        .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                        .device();
        if (device.tier().compareTo(AssuranceTier.T1) > 0) {
            return signsItself(device).answer();
        }
        var type = MediaType.parseMediaType(request.getContentType());
        var bytes = file.readAllBytes();
        var contents =
                ImportFiles.read(new ByteArrayInputStream(bytes), type, device, channel, query);
        if (contents.readings().isEmpty()) {
            return noRows(contents).answer();
        }
        if (dryRun) {
            var tried = importer.tryOut(device, channel, contents.readings());
            return ResponseEntity.ok(ImportView.of(contents, tried));
        }
        var importId = key == null ? UUID.randomUUID() : ChosenId.of(null, key, actor);
        var imported =
                importer.take(importId, Sha256.of(bytes), device, channel, contents.readings());
        if (imported.stoppedBy().equals(Optional.of(Admission.Reason.IMPORT_STANDS_FOR_ANOTHER))) {
            return standsForAnother().answer();
        }
        var status = imported.batches().isEmpty() ? HttpStatus.OK : HttpStatus.CREATED;
        return ResponseEntity.status(status).body(ImportView.of(importId, contents, imported));
    }

    static Problem signsItself(Device device) {
        return Problem.of(
                HttpStatus.CONFLICT,
                "device_signs_its_readings",
                "The device is of tier "
                        + device.tier()
                        + ": its readings are signed, and files are for T1 at most. Send its"
                        + " signed batches.");
    }

    private static Problem standsForAnother() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "id_stands_for_another",
                "The Idempotency-Key stands for an import of another file, or for one that was"
                        + " undone. Choose a new one.");
    }

    private static Problem noRows(ReadingsFile.Contents contents) {
        var problem =
                Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "no_usable_rows",
                        "No row of the file can be used; " + contents.errorCount() + " are bad.");
        for (var error : contents.errors().stream().limit(MOST_LISTED).toList()) {
            problem =
                    problem.at(
                            "/line/" + error.line() + "/" + error.column(),
                            error.value() + ": " + error.remedy());
        }
        return problem;
    }

    /// What came of a file.
    ///
    /// @param importId by which it can be undone; absent if nothing was stored
    /// @param dryRun whether nothing was stored: the rest says what would have come of it
    /// @param accepted readings that were stored now
    /// @param rejected readings that the checks dropped now; `findings` say why
    /// @param alreadyKnown readings whose interval had been sent before; nothing was done
    /// @param contradicting how many of these say another number than what is stored
    /// @param inFuture rows whose interval is not over; nothing was done
    /// @param complete false if another batch of the device came in between: send the file again
    /// @param badRows how many rows could not be read; `errors` lists the first
    /// @param batches each with its receipt
    record ImportView(
            @Nullable UUID importId,
            boolean dryRun,
            int accepted,
            int rejected,
            long energyWattHours,
            int alreadyKnown,
            int contradicting,
            List<Instant> contradictingStarts,
            int inFuture,
            List<Instant> inFutureStarts,
            boolean complete,
            int badRows,
            List<RowError> errors,
            List<Found> findings,
            int moreFindings,
            List<BatchAnswer.Taken> batches) {

        static ImportView of(UUID id, ReadingsFile.Contents contents, Imported imported) {
            var findings = imported.findings();
            var listed = first(findings);
            return new ImportView(
                    imported.batches().isEmpty() ? null : id,
                    false,
                    imported.accepted(),
                    imported.rejected(),
                    imported.batches().stream()
                            .mapToLong(BatchAnswer.Taken::energyWattHours)
                            .reduce(0, Math::addExact),
                    imported.known(),
                    imported.contradicting().size(),
                    first(imported.contradicting()),
                    imported.future().size(),
                    first(imported.future()),
                    imported.stoppedBy().isEmpty(),
                    contents.errorCount(),
                    first(contents.errors()),
                    listed,
                    imported.moreFindings() + findings.size() - listed.size(),
                    imported.batches().stream().map(ImportView::withoutFindings).toList());
        }

        static ImportView of(ReadingsFile.Contents contents, Tried tried) {
            var listed = first(tried.findings());
            return new ImportView(
                    null,
                    true,
                    tried.accepted(),
                    tried.rejected(),
                    tried.energyWattHours(),
                    tried.known(),
                    tried.contradicting().size(),
                    first(tried.contradicting()),
                    tried.future().size(),
                    first(tried.future()),
                    true,
                    contents.errorCount(),
                    first(contents.errors()),
                    listed,
                    tried.findings().size() - listed.size(),
                    List.of());
        }

        private static <T> List<T> first(List<T> all) {
            return all.stream().limit(MOST_LISTED).toList();
        }

        /// They stand once, in the answer as a whole.
        private static BatchAnswer.Taken withoutFindings(BatchAnswer.Taken taken) {
            return new BatchAnswer.Taken(
                    taken.deviceId(),
                    taken.channel(),
                    taken.sequence(),
                    taken.receipt(),
                    taken.accepted(),
                    taken.rejected(),
                    taken.energyWattHours(),
                    List.of(),
                    taken.findings().size() + taken.moreFindings());
        }
    }
}
