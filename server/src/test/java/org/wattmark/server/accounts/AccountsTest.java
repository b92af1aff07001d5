package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stories of carbon accounts share: a firm, its sites and its bills.
abstract class AccountsTest extends ServerTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// A firm by its token, with one site in the United Kingdom.
    record Firm(String token, UUID site) {}

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    AccountsTest() {}

    final Firm newFirm() {
        var firm = new Firm(tokenFor(Role.BUYER), UUID.randomUUID());
        var put =
                put(
                        firm,
                        "/api/v1/account-sites/" + firm.site(),
                        Map.of("name", "Works", "region", "GB"));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        return firm;
    }

    final HttpResponse<String> put(Firm firm, String path, Map<String, ?> body) {
        return send(json(request(path, firm.token()), "PUT", JSON.writeValueAsString(body)));
    }

    final HttpResponse<String> post(Firm firm, String path, Map<String, ?> body) {
        return send(json(request(path, firm.token()), "POST", JSON.writeValueAsString(body)));
    }

    final HttpResponse<String> get(Firm firm, String path) {
        return send(request(path, firm.token()).GET());
    }

    final JsonNode found(Firm firm, String path) {
        var answer = get(firm, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return bodyOf(answer);
    }

    final HttpResponse<String> putFile(Firm firm, String path, String csv) {
        return send(
                request(path, firm.token())
                        .header("Content-Type", "text/csv")
                        .PUT(BodyPublishers.ofString(csv)));
    }

    final HttpResponse<String> postFile(Firm firm, String path, String csv, String accept) {
        return send(
                request(path, firm.token())
                        .header("Content-Type", "text/csv")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofString(csv)));
    }

    static Map<String, Object> activity(
            Firm firm, String item, String amount, String unit, String first, String last) {
        var body = new HashMap<String, Object>();
        body.put("id", UUID.randomUUID());
        body.put("site", firm.site());
        body.put("item", item);
        body.put("quantity", Map.of("amount", amount, "unit", unit));
        body.put("first_day", first);
        body.put("last_day", last);
        body.put("estimated", false);
        return body;
    }

    final UUID recorded(Firm firm, String item, String amount, String unit) {
        var body = activity(firm, item, amount, unit, "2024-01-01", "2024-12-31");
        var answer = post(firm, "/api/v1/activities", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(bodyOf(answer).path("id").asString());
    }

    static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " " + bodyOf(answer).path("code").asString();
    }
}
