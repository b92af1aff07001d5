package org.wattmark.metering;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.wattmark.metering.GreenButton.IntervalBlock;
import org.wattmark.metering.GreenButton.MeterReading;
import org.wattmark.metering.GreenButton.Reading;
import org.wattmark.metering.GreenButton.ReadingType;
import org.wattmark.metering.GreenButton.Summary;
import org.wattmark.metering.GreenButton.UsagePoint;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;

/// Writes Green Button files that [GreenButtonFile] and other readers of ESPI take: an Atom feed
/// whose entries are tied by `self`, `up` and `related` links. The same content gives the same
/// bytes.
public final class GreenButtonWriter {

    private static final String RESOURCE = "espi/1_1/resource/";

    private final XMLStreamWriter xml;
    private final Instant updated;

    private GreenButtonWriter(XMLStreamWriter xml, Instant updated) {
        this.xml = xml;
        this.updated = updated;
    }

    /// The readings of one channel of a device as a feed, a block for each day in UTC. What was
    /// generated or exported flows in reverse (19), what was imported forward (1): no series holds
    /// both.
    public static GreenButton feedOf(
            Device device, Channel channel, List<IntervalReading> readings) {
        var point = RESOURCE + "UsagePoint/" + device.id();
        int direction = channel == Channel.IMPORT ? GreenButton.DELIVERED : GreenButton.RECEIVED;
        var type =
                new ReadingType(
                        OptionalInt.of(GreenButton.WATT_HOURS),
                        0,
                        OptionalInt.of(direction),
                        Optional.of(device.intervalLength()),
                        Optional.empty());
        var series =
                new MeterReading(
                        point + "/MeterReading/" + channel.name(),
                        channel.name(),
                        Optional.of(type),
                        blocks(readings));
        return new GreenButton(
                List.of(
                        new UsagePoint(
                                point,
                                "Device " + device.id(),
                                OptionalInt.of(0),
                                Optional.empty(),
                                List.of(series),
                                List.of())));
    }

    private static List<IntervalBlock> blocks(List<IntervalReading> readings) {
        var byDay = new TreeMap<Instant, List<Reading>>();
        for (var reading : readings) {
            var day =
                    reading.interval()
                            .start()
                            .atOffset(ZoneOffset.UTC)
                            .toLocalDate()
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC);
            byDay.computeIfAbsent(day, _ -> new ArrayList<>())
                    .add(
                            new Reading(
                                    reading.interval(),
                                    OptionalLong.of(reading.rawWattHours()),
                                    OptionalLong.empty(),
                                    List.of(),
                                    0));
        }
        var blocks = new ArrayList<IntervalBlock>();
        byDay.forEach((day, ofDay) ->
                blocks.add(
                        new IntervalBlock(
                                Optional.of(Period.starting(day, Duration.ofDays(1))), ofDay)));
        return blocks;
    }

    /// @param updated what the entries say of their last change
    public static byte[] write(GreenButton feed, Instant updated) {
        var bytes = new ByteArrayOutputStream();
        try {
            var xml =
                    XMLOutputFactory.newDefaultFactory()
                            .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            new GreenButtonWriter(xml, updated).write(feed);
            xml.close();
        } catch (XMLStreamException e) {
            throw new AssertionError("writing into memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void write(GreenButton feed) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(GreenButtonFile.ATOM);
        head("feed", "Green Button", "");
        for (var point : feed.usagePoints()) {
            write(point);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(UsagePoint point) throws XMLStreamException {
        var localTime = point.id() + "/LocalTimeParameters";
        startEntry(point.id(), point.title(), "UsagePoint");
        link("related", point.id() + "/MeterReading");
        link("related", point.id() + "/UsageSummary");
        if (point.localTime().isPresent()) {
            link("related", localTime);
        }
        startObject("UsagePoint");
        if (point.serviceKind().isPresent()) {
            xml.writeStartElement("ServiceCategory");
            value("kind", point.serviceKind().getAsInt());
            xml.writeEndElement();
        }
        endEntry();
        if (point.localTime().isPresent()) {
            write(localTime, point.localTime().get());
        }
        for (int i = 0; i < point.meterReadings().size(); i++) {
            write(point, point.meterReadings().get(i), i + 1);
        }
        for (int i = 0; i < point.summaries().size(); i++) {
            write(point.id() + "/UsageSummary/" + (i + 1), point.summaries().get(i));
        }
    }

    private void write(String id, GreenButtonTime time) throws XMLStreamException {
        startEntry(id, "", "LocalTimeParameters");
        startObject("LocalTimeParameters");
        text("dstEndRule", time.end().map(Object::toString).orElse("FFFFFFFF"));
        value("dstOffset", time.saving().toSeconds());
        text("dstStartRule", time.start().map(Object::toString).orElse("FFFFFFFF"));
        value("tzOffset", time.standard().getTotalSeconds());
        endEntry();
    }

    private void write(UsagePoint point, MeterReading series, int number)
            throws XMLStreamException {
        var id =
                series.id().startsWith(point.id() + "/")
                        ? series.id()
                        : point.id() + "/MeterReading/" + number;
        startEntry(id, series.title(), "MeterReading");
        link("related", point.id());
        link("related", id + "/IntervalBlock");
        if (series.type().isPresent()) {
            link("related", id + "/ReadingType");
        }
        startObject("MeterReading");
        endEntry();
        if (series.type().isPresent()) {
            write(id + "/ReadingType", series.type().get());
        }
        for (int i = 0; i < series.blocks().size(); i++) {
            write(id + "/IntervalBlock/" + (i + 1), series.blocks().get(i));
        }
    }

    private void write(String id, ReadingType type) throws XMLStreamException {
        startEntry(id, "", "ReadingType");
        startObject("ReadingType");
        value("accumulationBehaviour", 4); // delta data
        if (type.currency().isPresent()) {
            value("currency", type.currency().get().getNumericCode());
        }
        if (type.flowDirection().isPresent()) {
            value("flowDirection", type.flowDirection().getAsInt());
        }
        if (type.intervalLength().isPresent()) {
            value("intervalLength", type.intervalLength().get().toSeconds());
        }
        value("powerOfTenMultiplier", type.powerOfTenMultiplier());
        if (type.uom().isPresent()) {
            value("uom", type.uom().getAsInt());
        }
        endEntry();
    }

    private void write(String id, IntervalBlock block) throws XMLStreamException {
        startEntry(id, "", "IntervalBlock");
        startObject("IntervalBlock");
        if (block.interval().isPresent()) {
            period("interval", block.interval().get());
        }
        for (var reading : block.readings()) {
            xml.writeStartElement("IntervalReading");
            if (reading.cost().isPresent()) {
                value("cost", reading.cost().getAsLong());
            }
            for (int quality : reading.qualities()) {
                xml.writeStartElement("ReadingQuality");
                value("quality", quality);
                xml.writeEndElement();
            }
            period("timePeriod", reading.period());
            if (reading.value().isPresent()) {
                value("value", reading.value().getAsLong());
            }
            xml.writeEndElement();
        }
        endEntry();
    }

    private void write(String id, Summary summary) throws XMLStreamException {
        startEntry(id, "", "UsageSummary");
        startObject("UsageSummary");
        if (summary.billingPeriod().isPresent()) {
            period("billingPeriod", summary.billingPeriod().get());
        }
        if (summary.billLastPeriod().isPresent()) {
            value("billLastPeriod", summary.billLastPeriod().getAsLong());
        }
        if (summary.currency().isPresent()) {
            value("currency", summary.currency().get().getNumericCode());
        }
        if (summary.consumptionLastPeriod().isPresent()) {
            var consumed = summary.consumptionLastPeriod().get();
            xml.writeStartElement("overallConsumptionLastPeriod");
            value("powerOfTenMultiplier", consumed.powerOfTenMultiplier());
            if (consumed.uom().isPresent()) {
                value("uom", consumed.uom().getAsInt());
            }
            value("value", consumed.value());
            xml.writeEndElement();
        }
        endEntry();
    }

    private void startEntry(String id, String title, String kind) throws XMLStreamException {
        xml.writeStartElement("entry");
        head(id, title, kind);
        link("self", id);
        link("up", id.substring(0, Math.max(0, id.lastIndexOf('/'))));
    }

    private void head(String id, String title, String kind) throws XMLStreamException {
        var derived = Canonical.of("wattmark/green-button/v1").text(kind).text(id).derivedId();
        text("id", "urn:uuid:" + derived);
        text("title", title);
        text("updated", updated.toString());
    }

    private void link(String relation, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }

    private void startObject(String name) throws XMLStreamException {
        xml.writeStartElement("content");
        xml.writeStartElement(name);
        xml.writeDefaultNamespace(GreenButtonFile.ESPI);
    }

    private void endEntry() throws XMLStreamException {
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void period(String name, Period period) throws XMLStreamException {
        xml.writeStartElement(name);
        value("duration", period.length().toSeconds());
        value("start", period.start().getEpochSecond());
        xml.writeEndElement();
    }

    private void value(String name, long number) throws XMLStreamException {
        text(name, Long.toString(number));
    }

    private void text(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
