package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The authorisation matrix, `access/endpoints.csv`, asked cell by cell over HTTP: each endpoint of
/// the document, by nobody and by a person of each role.
class MatrixTest extends AccessTest {

    private static final JsonNode DOCUMENT = document();
    private static final List<Operation> OPERATIONS = operations(DOCUMENT);

    private static final String HEAD =
            "method,path,scope,gate,step,others,anyone,PROPONENT,BUYER,TRADER,OWNER,ACCOUNTANT,"
                    + "AUDITOR,DEVICE_MAKER,VERIFIER,OPERATOR\n";

    private final SchemaValues values = new SchemaValues(DOCUMENT, new Random(7));

    @Test
    void everyEndpointHasALineAndEveryLineAnEndpoint() {
        var lines = new ArrayList<String>();
        EndpointTable.SHIPPED.rows().forEach(row -> lines.add(row.method() + " " + row.path()));

        assertThat(lines)
                .as("a new endpoint needs its line in access/endpoints.csv: see docs/access.md")
                .containsExactlyInAnyOrderElementsOf(
                        OPERATIONS.stream().map(Operation::toString).toList());
    }

    @Test
    void eachCellIsAsTheTableSays() {
        var tokens = tokens();

        assertThat(faults(EndpointTable.SHIPPED, OPERATIONS, tokens)).isEmpty();
    }

    /// The control: a table in which one role is let in too much, one too little, and the door of
    /// an endpoint stands open.
    @Test
    void eachWrongCellIsFound() {
        var planted =
                HEAD
                        + "GET,/api/v1/bank-mirror,deposits:read,-,-,own,.,x,.,.,.,.,.,.,.,.\n"
                        + "GET,/api/v1/me,me:read,-,-,own,x,x,x,x,x,x,x,x,x,x\n";
        var operations =
                OPERATIONS.stream()
                        .filter(each ->
                                List.of("/api/v1/bank-mirror", "/api/v1/me").contains(each.path()))
                        .toList();

        var found = faults(EndpointTable.of(planted), operations, tokens());

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/me by nobody: 401",
                        "GET /api/v1/bank-mirror by PROPONENT: 403 role_missing",
                        "GET /api/v1/bank-mirror by OPERATOR: 200");
    }

    /// A person for each role, in an organisation of that kind; the owner in a proponent's.
    private Map<Role, String> tokens() {
        var tokens = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            var kind = role == Role.OWNER ? Role.PROPONENT : role.kind();
            tokens.put(role, member(newOrganisation(kind), role).token());
        }
        return tokens;
    }

    private List<String> faults(
            EndpointTable table, Collection<Operation> operations, Map<Role, String> tokens) {
        var faults = new ArrayList<String>();
        for (var operation : operations) {
            var row = table.row(operation.method(), operation.path()).orElseThrow();
            var stranger = ask(operation, null);
            if (stranger.equals("401") == row.forAnyone() || stranger.startsWith("5")) {
                faults.add(operation + " by nobody: " + stranger);
            }
            if (row.forAnyone()
                    && (operation.path().contains("/public/")
                            || !operation.path().startsWith("/api"))) {
                continue; // nobody has asked already, and there is no more to see
            }
            tokens.forEach((role, token) -> {
                var answer = ask(operation, token);
                boolean letIn =
                        !answer.equals("401")
                                && !answer.startsWith("403")
                                && !answer.startsWith("5");
                boolean refused = answer.equals("403 role_missing");
                boolean may = row.forAnyone() || row.roles().contains(role);
                if (may ? !letIn : !refused) {
                    faults.add(operation + " by " + role + ": " + answer);
                }
            });
        }
        return faults;
    }

    /// The status, and of a 403 also the reason; of a 401 it if what is wrong is no token.
    private String ask(Operation operation, @org.jspecify.annotations.Nullable String token) {
        var path = operation.at(UUID.randomUUID().toString());
        var builder = token == null ? request(path) : request(path, token);
        var request =
                builder.header("Content-Type", values.contentType(operation.description()))
                        .method(operation.method(), text(values.body(operation.description())));
        if (operation.isStream()) {
            return String.valueOf(statusOf(request));
        }
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() == 401 && isAboutItsBody(answer)) {
            return "401 " + bodyOf(answer).get("code").asString();
        }
        return answer.statusCode() == 403
                ? "403 " + bodyOf(answer).get("code").asString()
                : String.valueOf(answer.statusCode());
    }

    /// Where tokens are asked for, whoever may ask, and a wrong password or token is refused.
    private boolean isAboutItsBody(HttpResponse<String> answer) {
        return List.of("credentials_wrong", "token_not_valid")
                .contains(bodyOf(answer).get("code").asString());
    }

    /// So that the table is read as people read it: by endpoint, in order.
    @Test
    void theLinesStandInTheOrderOfTheirPaths() {
        var paths = EndpointTable.SHIPPED.rows().stream().map(EndpointTable.Row::path).toList();

        assertThat(paths).isSorted();
    }
}
