package org.wattmark.metering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// An element of an XML document with all that is in it. Its prefix does not count, its namespace
/// does.
///
/// @param text of the element itself, without what is in its children
/// @param line at which it begins, the first line being 1
record XmlElement(
        String namespace,
        String name,
        Map<String, String> attributes,
        List<XmlElement> children,
        String text,
        int line) {

    /// Green Button needs eight; a document of a million levels would be an attack.
    private static final int MOST_LEVELS = 64;

    /// Reads the element that the reader is at the start of, and leaves it at its end.
    static XmlElement read(XMLStreamReader xml) throws XMLStreamException {
        var open = new ArrayDeque<Unfinished>();
        open.push(new Unfinished(xml));
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() == MOST_LEVELS) {
                        throw new XMLStreamException("more than " + MOST_LEVELS + " levels deep");
                    }
                    open.push(new Unfinished(xml));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        open.element().text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    var finished = open.pop().element();
                    if (open.isEmpty()) {
                        return finished;
                    }
                    open.element().children.add(finished);
                }
                default -> {} // comments, spaces, instructions to other programs
            }
        }
    }

    private static final class Unfinished {

        private final String namespace;
        private final String name;
        private final int line;
        private final Map<String, String> attributes = new HashMap<>();
        private final List<XmlElement> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Unfinished(XMLStreamReader xml) {
            this.namespace = Optional.ofNullable(xml.getNamespaceURI()).orElse("");
            this.name = xml.getLocalName();
            this.line = xml.getLocation().getLineNumber();
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
        }

        XmlElement element() {
            return new XmlElement(
                    namespace, name, attributes, children, text.toString().strip(), line);
        }
    }

    /// The children of this name, in the namespace of this element.
    Stream<XmlElement> all(String childName) {
        return children.stream()
                .filter(each -> each.name.equals(childName) && each.namespace.equals(namespace));
    }

    Optional<XmlElement> first(String childName) {
        return all(childName).findFirst();
    }

    /// What stands in the first child of this name, unless it is empty.
    Optional<String> textOf(String childName) {
        return first(childName).map(XmlElement::text).filter(each -> !each.isEmpty());
    }

    /// The value of an attribute without namespace, or nothing.
    String attribute(String attributeName) {
        return attributes.getOrDefault(attributeName, "");
    }
}
