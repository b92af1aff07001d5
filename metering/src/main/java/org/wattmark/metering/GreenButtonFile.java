package org.wattmark.metering;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.FactoryConfigurationError;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads Green Button files: an Atom feed (RFC 4287) whose entries hold ESPI objects. Any prefix, a
/// byte order mark, and entries in any order are as good as any other. No content throws, nothing
/// outside the file is ever fetched, and a document type declaration is refused.
public final class GreenButtonFile {

    public static final int MAX_BYTES = ReadingsFile.MAX_BYTES;

    static final String ATOM = "http://www.w3.org/2005/Atom";
    static final String ESPI = "http://naesb.org/espi";

    private GreenButtonFile() {}

    /// What came of reading a file.
    public sealed interface Contents {

        record Read(GreenButton feed) implements Contents {}

        /// @param explanation what is wrong and where, for the person who chose the file
        record Refused(Reason reason, String explanation) implements Contents {}
    }

    /// In order of precedence: the first that holds is the one reported.
    public enum Reason {
        TOO_LARGE,
        NOT_XML,
        /// It declares a document type, by which files are made to fetch or to grow.
        DOCUMENT_TYPE,
        /// XML, and something else than Green Button.
        NOT_GREEN_BUTTON,
        /// A number or a code that is none.
        MALFORMED,
        /// Readings without a time of their own.
        UNDATED,
        /// An object that no link ties to the one that it belongs to.
        UNLINKED
    }

    /// The file cannot be used.
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Contents.Refused refused;

        Unreadable(Reason reason, String explanation) {
            super(explanation);
            this.refused = new Contents.Refused(reason, explanation);
        }
    }

    public static Contents read(InputStream file) throws IOException {
        var content = file.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
            return new Contents.Refused(
                    Reason.TOO_LARGE, "the file is larger than " + MAX_BYTES + " bytes");
        }
        try {
            return new Contents.Read(feed(content));
        } catch (Unreadable e) {
            return e.refused;
        } catch (XMLStreamException e) {
            return new Contents.Refused(Reason.NOT_XML, "not well-formed XML: " + where(e));
        }
    }

    private static String where(XMLStreamException e) {
        return e.getLocation() == null
                ? "it cannot be read"
                : "see line " + e.getLocation().getLineNumber();
    }

    private static GreenButton feed(byte[] content) throws XMLStreamException, Unreadable {
        var xml = hardened().createXMLStreamReader(new ByteArrayInputStream(content));
        try {
            toFeed(xml);
            var objects = new GreenButtonObjects();
            while (xml.next() != XMLStreamConstants.END_DOCUMENT) {
                if (xml.isStartElement()) {
                    boolean isEntry =
                            xml.getLocalName().equals("entry")
                                    && ATOM.equals(xml.getNamespaceURI());
                    var element = XmlElement.read(xml);
                    if (isEntry) {
                        objects.add(GreenButtonEntry.of(element, ESPI));
                    }
                }
            }
            return objects.tiedTogether();
        } finally {
            xml.close();
        }
    }

    private static void toFeed(XMLStreamReader xml) throws XMLStreamException, Unreadable {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw new Unreadable(
                        Reason.DOCUMENT_TYPE,
                        "it has a document type declaration, which no Green Button file needs");
            }
        }
        if (!xml.getLocalName().equals("feed") || !ATOM.equals(xml.getNamespaceURI())) {
            throw new Unreadable(
                    Reason.NOT_GREEN_BUTTON,
                    "a Green Button file is an Atom feed, and this begins with <"
                            + ReadingRows.shown(xml.getLocalName())
                            + "> "
                            + (xml.getNamespaceURI() == null
                                    ? "without a namespace"
                                    : "of " + ReadingRows.shown(xml.getNamespaceURI())));
        }
    }

    /// OWASP's settings against external entities, for the parser of the JDK.
    private static XMLInputFactory hardened() {
        try {
            var factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            factory.setXMLResolver((_, _, _, _) -> {
                throw new XMLStreamException("nothing outside of the file is read");
            });
            return factory;
        } catch (FactoryConfigurationError e) {
            throw new AssertionError("this Java platform reads no XML", e);
        }
    }
}
