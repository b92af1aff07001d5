package org.wattmark.server.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// What a pom says about modules and dependencies, read as it is written.
record Pom(List<String> modules, List<Dependency> dependencies) {

    private static final String OURS = "org.wattmark";
    private static final String PREFIX = "wattmark-";

    record Dependency(String group, String artifact, String scope) {

        boolean isOurs() {
            return group.equals(OURS);
        }

        boolean isForTests() {
            return scope.equals("test");
        }

        /// The folder of a module of ours.
        String room() {
            return artifact.substring(PREFIX.length());
        }
    }

    static Pom of(Path file) {
        try (var in = Files.newInputStream(file)) {
            return of(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(file + " is no pom", e);
        }
    }

    private static Pom of(Document document) {
        var project = document.getDocumentElement();
        var modules =
                children(project, "modules").stream()
                        .flatMap(all -> children(all, "module").stream())
                        .map(Element::getTextContent)
                        .toList();
        // Only the project's own: neither dependency management nor a plugin's.
        var dependencies =
                children(project, "dependencies").stream()
                        .flatMap(all -> children(all, "dependency").stream())
                        .map(each ->
                                new Dependency(
                                        text(each, "groupId"),
                                        text(each, "artifactId"),
                                        text(each, "scope")))
                        .toList();
        return new Pom(modules, dependencies);
    }

    private static String text(Element parent, String name) {
        var found = children(parent, name);
        return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        var nodes = parent.getChildNodes();
        var found = new ArrayList<Element>();
        IntStream.range(0, nodes.getLength())
                .<Node>mapToObj(nodes::item)
                .filter(node -> node.getNodeName().equals(name))
                .forEach(node -> found.add((Element) node));
        return found;
    }
}
