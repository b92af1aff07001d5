package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// Whatever one tenant names of another's, in every endpoint of the document, it sees nothing of it
/// and changes nothing: canaries lie in all that the other one has.
class IsolationTest extends AccessTest {

    private static final JsonNode DOCUMENT = document();

    @Autowired private Sequencer sequencer;

    private final SchemaValues values = new SchemaValues(DOCUMENT, new Random(11));

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    IsolationTest() {}

    /// One who has something of everything, each with a word in it that stands nowhere else.
    private record Tenant(Member owner, Map<String, String> ids, List<String> canaries) {}

    private Tenant tenant() {
        var canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        var panel = bondedPanel();
        var organisation = panel.owner().organisation();
        jdbc.sql("update organisation set name = :name where id = :id")
                .param("name", canary + " Solar")
                .param("id", organisation)
                .update();
        var owner = member(organisation, Role.OWNER);
        var account = SystemAccounts.holder(organisation, UnitClass.LIVE);
        sequencer.apply(OpenAccounts.of(new Account(account, Account.Kind.HOLDER)));
        var key = thenCreated(post("/api/v1/api-keys", owner, withId(named(canary + "key"))));
        var client =
                thenCreated(
                        post("/api/v1/machine-clients", owner, withId(named(canary + "client"))));
        var invitation =
                thenCreated(
                        post(
                                "/api/v1/organisation/invitations",
                                owner,
                                withId(
                                        "\"email\": \""
                                                + canary
                                                + "@example.org\", \"roles\": [\"AUDITOR\"]")));
        var project =
                thenCreated(
                        post(
                                "/api/v1/projects",
                                owner,
                                withId(
                                        """
                                        "title": "A title", "region": "GBR",
                                        "zone": "Europe/London"
                                        """)));
        var ids = new LinkedHashMap<String, String>();
        ids.put("organisation", organisation.toString());
        ids.put("person", owner.person().toString());
        ids.put("account", account.value());
        ids.put("key", key.get("id").asString());
        ids.put("client", client.get("client_id").asString());
        ids.put("invitation", invitation.get("id").asString());
        ids.put("project", project.at("/project/id").asString());
        ids.put("device", panel.device().id().toString());
        return new Tenant(owner, ids, List.of(canary, owner.email(), key.get("key").asString()));
    }

    private static String named(String name) {
        return "\"name\": \"" + name + "\", \"scopes\": [\"read\"]";
    }

    @Test
    void anOutsiderSeesAndChangesNothingOfAnothersInAnyEndpoint() {
        var tenant = tenant();
        var outsider = owner(Role.PROPONENT);
        var before = state(tenant);

        var leaks = leaks(outsider, tenant);

        assertThat(leaks).isEmpty();
        assertThat(state(tenant)).isEqualTo(before);
    }

    /// The control: to the same walk, the tenant itself is an outsider who sees everything.
    @Test
    void aHoleIsFound() {
        var tenant = tenant();

        var leaks = leaks(tenant.owner(), tenant);

        assertThat(leaks)
                .anyMatch(leak -> leak.startsWith("GET /api/v1/api-keys: canary"))
                .anyMatch(leak -> leak.startsWith("GET /api/v1/organisation: canary"))
                .anyMatch(leak -> leak.startsWith("GET /api/v1/organisation/members: canary"))
                .anyMatch(leak -> leak.startsWith("GET /api/v1/machine-clients: canary"))
                .anyMatch(leak -> leak.startsWith("POST /api/v1/api-keys/{id}/revocations"))
                .anyMatch(leak -> leak.startsWith("GET /api/v1/accounts/{id}"));
    }

    private List<String> leaks(Member asker, Tenant tenant) {
        var leaks = new ArrayList<String>();
        for (var operation : operations(DOCUMENT)) {
            var row = EndpointTable.SHIPPED.row(operation.method(), operation.path()).orElseThrow();
            if (operation.isStream() || operation.path().equals("/api/v1/sign-ups")) {
                continue;
            }
            if (!operation.hasVariable()) {
                look(operation, row, "", asker, tenant, leaks);
            } else if (row.others().matches("[0-9]+")) { // else the path names nothing of a tenant
                tenant.ids().values().forEach(id -> look(operation, row, id, asker, tenant, leaks));
            }
        }
        return leaks;
    }

    private void look(
            Operation operation,
            EndpointTable.Row row,
            String id,
            Member asker,
            Tenant tenant,
            List<String> leaks) {
        var request =
                request(operation.at(id), asker.token())
                        .header("Content-Type", values.contentType(operation.description()))
                        .method(operation.method(), text(bodyOf(operation)));
        var answer = send(request);
        if (tenant.canaries().stream().anyMatch(answer.body()::contains)) {
            leaks.add(operation + ": canary in " + answer.statusCode());
        }
        // Bodies are judged before ids are looked up, so a write may be refused for its body too.
        if (!id.isEmpty()
                && (answer.statusCode() < 400
                        || (operation.method().equals("GET")
                                && !String.valueOf(answer.statusCode()).equals(row.others())
                                && answer.statusCode() != 400
                                && answer.statusCode() != 403))) {
            leaks.add(operation + ": " + answer.statusCode() + " for another's id");
        }
    }

    /// For what needs no more than an id, exactly that: so nothing but the owner refuses it.
    private String bodyOf(Operation operation) {
        var path = operation.path();
        if (path.endsWith("/removals")
                || path.endsWith("/revocations")
                || path.endsWith("/rotations")
                || path.endsWith("/withdrawals")
                || path.endsWith("/unlocks")) {
            return withId("");
        }
        return path.endsWith("/members/{id}/roles")
                ? withId("\"roles\": [\"AUDITOR\"]")
                : values.body(operation.description());
    }

    private String state(Tenant tenant) {
        var organisation = UUID.fromString(tenant.ids().get("organisation"));
        return jdbc.sql(
                        """
                        select (select count(*) from membership where organisation_id = :it) || '/'
                            || (select string_agg(roles::text, ',') from membership
                                where organisation_id = :it) || '/'
                            || (select count(*) from api_key
                                where organisation_id = :it and revoked_at is null) || '/'
                            || (select count(*) from invitation
                                where organisation_id = :it and ended_at is null) || '/'
                            || (select count(*) from machine_client where organisation_id = :it)
                        """)
                .param("it", organisation)
                .query(String.class)
                .single();
    }
}
