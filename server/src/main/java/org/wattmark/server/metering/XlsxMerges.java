package org.wattmark.server.metering;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Which places of a workbook's first sheet are merged with others.
final class XlsxMerges {

    /// More than this is decoration, and its places count as they stand.
    private static final int MOST_PLACES = 200_000;

    /// The last column of a sheet is XFD (ISO/IEC 29500-1 §18.3.1.13).
    private static final int COLUMNS = 16_384;

    private static final Pattern RANGE =
            Pattern.compile("([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})");

    private final byte[] workbook;
    private final Map<Long, Long> places = new HashMap<>();

    private XlsxMerges(byte[] workbook) {
        this.workbook = workbook;
    }

    /// From each merged place to the first of its range, both as [#place] counts them.
    static Map<Long, Long> of(byte[] workbook) throws IOException, XMLStreamException {
        var merges = new XlsxMerges(workbook);
        merges.eachElement(
                merges.firstSheet(), "mergeCell", xml -> merges.add(attribute(xml, "ref")));
        return merges.places;
    }

    /// @param row from 1
    /// @param column from 0
    static long place(long row, int column) {
        return row * COLUMNS + column;
    }

    private void add(String reference) {
        var range = RANGE.matcher(reference);
        if (!range.matches()) {
            return;
        }
        int top = Integer.parseInt(range.group(2));
        int bottom = Integer.parseInt(range.group(4));
        int left = column(range.group(1));
        int right = column(range.group(3));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right && places.size() < MOST_PLACES; column++) {
                places.put(place(row, column), place(top, left));
            }
            if (places.size() >= MOST_PLACES) {
                return;
            }
        }
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = 26 * column + letters.charAt(i) - 'A' + 1;
        }
        return Math.min(column, COLUMNS) - 1;
    }

    /// The part that the workbook's first sheet stands in: the workbook names a relation, and the
    /// relation names the part.
    private String firstSheet() throws IOException, XMLStreamException {
        var relations = new HashMap<String, String>();
        eachElement(
                "xl/_rels/workbook.xml.rels",
                "Relationship",
                xml -> relations.put(attribute(xml, "Id"), attribute(xml, "Target")));
        var first = new String[] {""};
        eachElement(
                "xl/workbook.xml",
                "sheet",
                xml -> first[0] = first[0].isEmpty() ? attribute(xml, "id") : first[0]);
        var target = relations.getOrDefault(first[0], "");
        return target.startsWith("/") ? target.substring(1) : "xl/" + target;
    }

    private void eachElement(String part, String name, Consumer<XMLStreamReader> action)
            throws IOException, XMLStreamException {
        try (var zip = XlsxTable.archive(workbook)) {
            var entry = zip.getEntry(part);
            if (entry != null) {
                try (var content = zip.getInputStream(entry)) {
                    eachElement(content, name, action);
                }
            }
        }
    }

    private static void eachElement(InputStream part, String name, Consumer<XMLStreamReader> action)
            throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var xml = factory.createXMLStreamReader(part);
        while (xml.hasNext()) {
            xml.next();
            if (xml.isStartElement() && xml.getLocalName().equals(name)) {
                action.accept(xml);
            }
        }
    }

    /// By its name alone: relations are named in a namespace of two editions of the standard.
    private static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            // A sheet has both `sheetId` and `r:id`.
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }
}
