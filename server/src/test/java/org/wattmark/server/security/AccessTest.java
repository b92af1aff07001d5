package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.wattmark.server.metering.MeterServerTest;
import tools.jackson.databind.JsonNode;

/// What tests of access have in common: members, and the endpoints of the document.
abstract class AccessTest extends MeterServerTest {

    static final String PASSWORD = "correct horse battery";

    /// A person of an organisation, by their token.
    record Member(UUID person, UUID organisation, String email, String token) {}

    /// An operation of docs/openapi.json.
    record Operation(String method, String path, JsonNode description) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean hasVariable() {
            return path.contains("{");
        }

        String at(String value) {
            return path.replaceAll("\\{[^}]+}", value);
        }

        /// A stream has no end to wait for.
        boolean isStream() {
            return path.endsWith("/live");
        }
    }

    static JsonNode document() {
        try {
            return JSON.readTree(Files.readString(Path.of("..", "docs", "openapi.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Operation> operations(JsonNode document) {
        var operations = new ArrayList<Operation>();
        for (var path : document.get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                operations.add(
                        new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()));
            }
        }
        return operations;
    }

    final Member member(UUID organisation, Role... roles) {
        var email = "m" + UUID.randomUUID() + "@example.org";
        var added = members.addPerson(organisation, email, "A Member", PASSWORD, Set.of(roles));
        var person = ((Members.PersonAdded.Added) added).person();
        return new Member(person.id(), organisation, email, tokenOf(email, PASSWORD));
    }

    final Member owner(Role kind) {
        return member(newOrganisation(kind), Role.OWNER);
    }

    final Member operator() {
        return member(newOrganisation(Role.OPERATOR), Role.OPERATOR);
    }

    final HttpResponse<String> post(String path, Member member, String body) {
        return post(path, member.token(), body);
    }

    final HttpResponse<String> post(String path, String token, String body) {
        return send(json(request(path, token), "POST", body));
    }

    final HttpResponse<String> get(String path, Member member) {
        return send(request(path, member.token()).GET());
    }

    final HttpResponse<String> get(String path, String token) {
        return send(request(path, token).GET());
    }

    static String withId(String rest) {
        return "{\"id\": \"" + UUID.randomUUID() + "\"" + (rest.isEmpty() ? "" : ", " + rest) + "}";
    }

    static JsonNode thenCreated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return bodyOf(answer);
    }

    static HttpRequest.BodyPublisher text(String body) {
        return body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body);
    }
}
