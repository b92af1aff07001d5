package org.wattmark.server.metering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.wattmark.metering.Channel;
import org.wattmark.metering.CsvTable;
import org.wattmark.metering.Device;
import org.wattmark.metering.GreenButton;
import org.wattmark.metering.GreenButtonFile;
import org.wattmark.metering.GreenButtonReadings;
import org.wattmark.metering.GreenButtonReadings.Choice;
import org.wattmark.metering.ReadingTable;
import org.wattmark.metering.ReadingsFile;
import org.wattmark.server.problem.Problem;

/// Reads files of readings by their media type: CSV, XLSX, and Green Button XML.
final class ImportFiles {

    static final String CSV = "text/csv";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    static final String XML = "application/xml";
    static final String TEXT_XML = "text/xml";
    static final String ATOM = "application/atom+xml";

    private ImportFiles() {}

    /// What the file holds for one channel of a device; a file that cannot be used is a problem.
    static ReadingsFile.Contents read(
            InputStream file, MediaType type, Device device, Channel channel, ImportQuery query) {
        try {
            return switch (type.getType() + "/" + type.getSubtype()) {
                case CSV -> csv(file, device, query);
                case XLSX -> table(XlsxTable.read(file), device, query);
                default -> greenButton(file, device, channel, query);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReadingsFile.Contents csv(InputStream file, Device device, ImportQuery query)
            throws IOException {
        var length = device.intervalLength();
        if (query.isMapped()) {
            return table(CsvTable.read(file, query.separatorCharacter()), device, query);
        }
        var zone = query.zoneId();
        return zone.isEmpty()
                ? ReadingsFile.read(file, length)
                : ReadingsFile.read(file, length, zone.get());
    }

    private static ReadingsFile.Contents table(
            ReadingTable.Rows rows, Device device, ImportQuery query) {
        var mapping =
                query.isMapped()
                        ? query.mapping()
                        : ReadingTable.usualMapping(rows, query.zoneId())
                                .orElseThrow(() ->
                                        Fields.invalid(
                                                "?value",
                                                "the first row names no columns that we know: say"
                                                        + " which are time and value"));
        return ReadingTable.read(rows, mapping, device.intervalLength());
    }

    private static ReadingsFile.Contents greenButton(
            InputStream file, Device device, Channel channel, ImportQuery query)
            throws IOException {
        return switch (GreenButtonFile.read(file)) {
            case GreenButtonFile.Contents.Refused(var reason, var explanation) ->
                    throw Problem.of(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    "green_button_" + reason.name().toLowerCase(Locale.ROOT),
                                    "The file is not taken: " + explanation + ".")
                            .asException();
            case GreenButtonFile.Contents.Read(var feed) ->
                    GreenButtonReadings.of(
                            chosen(feed, channel, query).series(), device.intervalLength());
        };
    }

    private static Choice.Chosen chosen(GreenButton feed, Channel channel, ImportQuery query) {
        return switch (GreenButtonReadings.choose(
                feed, channel, Optional.ofNullable(query.series()))) {
            case Choice.Chosen chosen -> chosen;
            case Choice.None(var explanation) -> throw Fields.invalid("?series", explanation);
        };
    }
}
