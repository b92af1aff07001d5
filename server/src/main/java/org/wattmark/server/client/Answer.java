package org.wattmark.server.client;

import java.net.http.HttpHeaders;
import org.wattmark.units.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server answered.
public record Answer(int status, HttpHeaders headers, Bytes body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /// The body; a missing node where it is no JSON.
    public JsonNode json() {
        try {
            return JSON.readTree(body.toByteArray());
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /// The stable code of a problem; empty where the body is none.
    public String code() {
        return json().path("code").asString("");
    }

    /// `409 sequence_gap`, or `201`.
    public String summary() {
        var code = code();
        return code.isEmpty() ? "" + status : status + " " + code;
    }

    /// What a person reads of a refusal.
    public String explanation() {
        var detail = json().path("detail").asString("");
        return summary() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
