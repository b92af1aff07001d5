package org.wattmark.server.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wattmark.server.certification.CertifiedModel.Protocol;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CertifiedModelsTest extends ServerTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PATH = "/api/v1/certified-models";
    private static final String PUBLIC = "/api/v1/public/certified-models";

    private final String maker = "Maker " + UUID.randomUUID();

    private Map<String, Object> model(String firmware) {
        var body = new HashMap<String, Object>();
        body.put("id", UUID.randomUUID());
        body.put("maker", maker);
        body.put("model", "Meter 3");
        body.put("firmware", firmware);
        body.put("protocol", "SIGNED_BATCH");
        body.put("report_sha256", "ab".repeat(32));
        body.put("certified_on", "2026-03-01");
        return body;
    }

    private static String idOf(Map<String, Object> body) {
        return String.valueOf(body.get("id"));
    }

    private HttpResponse<String> post(String path, String token, Object body) {
        return send(json(request(path, token), "POST", JSON.writeValueAsString(body)));
    }

    private HttpResponse<String> withdraw(Object model, String token, Object id, String reason) {
        return post(PATH + "/" + model + "/withdrawals", token, Map.of("id", id, "reason", reason));
    }

    private List<JsonNode> listed(String query) {
        var answer = send(request(PUBLIC + "?maker=" + maker.replace(" ", "%20") + query).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return bodyOf(answer).path("data").valueStream().toList();
    }

    private static void thenRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(bodyOf(answer).path("code").asString()).isEqualTo(code);
    }

    @Test
    void whatAnOperatorCertifiesAnyoneReads() {
        var operator = tokenFor(Role.OPERATOR);
        var body = model("1.0");

        var answer = post(PATH, operator, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(bodyOf(answer).at("/receipt/leaf_hash").asString()).isNotEmpty();
        var listed = listed("");
        assertThat(listed).hasSize(1);
        var one = listed.getFirst();
        assertThat(one.path("id").asString()).isEqualTo(idOf(body));
        assertThat(one.path("report_sha256").asString()).isEqualTo("ab".repeat(32));
        assertThat(one.path("state").asString()).isEqualTo("CERTIFIED");
        assertThat(one.path("sequence").asLong())
                .isEqualTo(bodyOf(answer).at("/receipt/sequence").asLong());
        var alone = send(request(PUBLIC + "/" + idOf(body)).GET());
        assertThat(bodyOf(alone)).isEqualTo(one);
    }

    @Test
    void theSameRequestAgainIsAnsweredAlikeAndListsOnce() {
        var operator = tokenFor(Role.OPERATOR);
        var body = model("1.0");

        var first = post(PATH, operator, body);
        var again = post(PATH, operator, body);
        body.put("firmware", "1.1");
        var other = post(PATH, operator, body);

        assertThat(again.body()).isEqualTo(first.body());
        thenRefused(other, 409, "id_stands_for_another");
        assertThat(listed("")).hasSize(1);
    }

    @Test
    void oneModelIsCertifiedOnceAtATime() {
        var operator = tokenFor(Role.OPERATOR);
        var first = model("1.0");
        post(PATH, operator, first);

        var twice = post(PATH, operator, model("1.0"));
        withdraw(idOf(first), operator, UUID.randomUUID(), "Its clock runs ahead");
        var anew = post(PATH, operator, model("1.0"));

        thenRefused(twice, 409, "already_certified");
        assertThat(anew.statusCode()).as(anew.body()).isEqualTo(201);
        assertThat(listed("")).hasSize(2);
        assertThat(listed("&state=CERTIFIED")).hasSize(1);
    }

    @Test
    void whatIsWithdrawnStaysWithTheReason() {
        var operator = tokenFor(Role.OPERATOR);
        var body = model("1.0");
        post(PATH, operator, body);
        var request = UUID.randomUUID();

        var answer = withdraw(idOf(body), operator, request, "Its clock runs ahead");
        var again = withdraw(idOf(body), operator, request, "Its clock runs ahead");
        var twice = withdraw(idOf(body), operator, UUID.randomUUID(), "Once more");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(answer.body());
        thenRefused(twice, 409, "already_withdrawn");
        var one = listed("&state=WITHDRAWN").getFirst();
        assertThat(one.path("reason").asString()).isEqualTo("Its clock runs ahead");
        assertThat(one.path("withdrawn_sequence").asLong())
                .isEqualTo(bodyOf(answer).at("/receipt/sequence").asLong());
    }

    @Test
    void theListComesInPages() {
        var operator = tokenFor(Role.OPERATOR);
        for (var firmware : List.of("1", "2", "3")) {
            post(PATH, operator, model(firmware));
        }

        var seen = new ArrayList<String>();
        var query = "&limit=2";
        while (true) {
            var page =
                    bodyOf(
                            send(
                                    request(PUBLIC + "?maker=" + maker.replace(" ", "%20") + query)
                                            .GET()));
            page.path("data").forEach(each -> seen.add(each.path("firmware").asString()));
            if (!page.path("has_more").asBoolean()) {
                break;
            }
            query = "&limit=2&cursor=" + page.path("next_cursor").asString();
        }

        assertThat(seen).containsExactly("1", "2", "3");
    }

    @Test
    void onlyOperatorsCertifyAndWithdraw() {
        var proponent = tokenFor(Role.PROPONENT);
        var body = model("1.0");

        thenRefused(post(PATH, proponent, body), 403, "role_missing");
        thenRefused(withdraw(idOf(body), proponent, UUID.randomUUID(), "No"), 403, "role_missing");
        thenRefused(
                withdraw(UUID.randomUUID(), tokenFor(Role.OPERATOR), UUID.randomUUID(), "No"),
                404,
                "model_unknown");
        var stranger = send(json(request(PATH), "POST", JSON.writeValueAsString(body)));
        thenRefused(stranger, 401, "token_missing");
        assertThat(listed("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "maker, '', /maker",
        "model, ' Meter', /model",
        "firmware, 'a\u0007b', /firmware",
        "protocol, MODBUS, /protocol",
        "report_sha256, abcd, /report_sha256",
        "certified_on, 1999-12-31, /certified_on",
        "certified_on, yesterday, /certified_on",
    })
    void whatCannotBeIsNamed(String field, String value, String pointer) {
        var body = model("1.0");
        body.put(field, value);

        var answer = post(PATH, tokenFor(Role.OPERATOR), body);

        thenRefused(answer, 400, "invalid_value");
        assertThat(bodyOf(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void aWithdrawalSaysWhy() {
        var operator = tokenFor(Role.OPERATOR);
        var body = model("1.0");
        post(PATH, operator, body);

        var answer = withdraw(idOf(body), operator, UUID.randomUUID(), " ");

        thenRefused(answer, 400, "invalid_value");
        assertThat(bodyOf(answer).at("/errors/0/pointer").asString()).isEqualTo("/reason");
    }

    @Test
    void theFactsReadBackFromTheirBytesAndBrokenBytesAreMalformed() throws Exception {
        var model =
                new CertifiedModel(
                        UUID.randomUUID(),
                        maker,
                        "Meter 3",
                        "1.0",
                        Protocol.SAMPLE_PACKET,
                        Bytes.of(new byte[32]),
                        LocalDate.parse("2026-03-01"));
        var certified = new ModelCertified(model, UUID.randomUUID());
        var withdrawn = new ModelWithdrawn(model.id(), "A reason", UUID.randomUUID());

        assertThat(ModelCertified.of(certified.content())).isEqualTo(certified);
        assertThat(ModelWithdrawn.of(withdrawn.content())).isEqualTo(withdrawn);
        for (var content : List.of(certified.content(), withdrawn.content())) {
            for (int cut = 0; cut < content.length; cut++) {
                var shortened = Arrays.copyOf(content, cut);
                assertThat(isRead(shortened)).as(cut + " bytes").isFalse();
            }
        }
    }

    private static boolean isRead(byte[] content) {
        try {
            var _ = ModelCertified.of(content);
            return true;
        } catch (Canonical.Malformed e) {
            return isWithdrawal(content);
        }
    }

    private static boolean isWithdrawal(byte[] content) {
        try {
            var _ = ModelWithdrawn.of(content);
            return true;
        } catch (Canonical.Malformed e) {
            return false;
        }
    }
}
