package org.wattmark.server.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What Vault's HTTP interface documents of transit keys, key–value secrets and AppRole: enough to
/// find out whether we speak it. It is no Vault.
final class VaultStub implements AutoCloseable {

    static final String TOKEN = "s.stub-token";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer http;
    private final Map<Integer, KeyPair> versions = new HashMap<>(Map.of(1, newPair()));
    private String type = "ed25519";
    private boolean exportable;
    private boolean sealed;

    VaultStub() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/v1/", this::answer);
        http.start();
    }

    Map<String, String> environment() {
        return Map.of("VAULT_ADDR", address().toString(), "VAULT_TOKEN", TOKEN);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    void rotate() {
        versions.put(versions.size() + 1, newPair());
    }

    void becomeOfType(String other) {
        type = other;
    }

    void becomeExportable() {
        exportable = true;
    }

    void seal() {
        sealed = true;
    }

    void unseal() {
        sealed = false;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var path = exchange.getRequestURI().getPath();
        var token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        if (sealed) {
            send(exchange, 503, Map.of("errors", new String[] {"Vault is sealed"}));
        } else if (path.equals("/v1/auth/approle/login")) {
            var auth = Map.of("client_token", TOKEN, "lease_duration", 3600, "renewable", false);
            send(exchange, 200, Map.of("auth", auth));
        } else if (!TOKEN.equals(token)) {
            send(exchange, 403, Map.of("errors", new String[] {"permission denied"}));
        } else {
            var data = data(path, body);
            if (data.isEmpty()) {
                send(exchange, 404, Map.of("errors", new String[] {}));
            } else {
                send(exchange, 200, Map.of("data", data.get()));
            }
        }
    }

    private Optional<Map<String, Object>> data(String path, String body) {
        return switch (path) {
            case "/v1/transit/keys/wattmark-log" -> Optional.of(key());
            case "/v1/transit/sign/wattmark-log" -> Optional.of(signed(body));
            case "/v1/secret/data/wattmark" ->
                    Optional.of(Map.of("data", Map.of("smtp_password", "open sesame")));
            default -> Optional.empty();
        };
    }

    private Map<String, Object> key() {
        var keys = new HashMap<String, Object>();
        versions.forEach((version, pair) ->
                keys.put(
                        version.toString(),
                        Map.of("public_key", Base64.getEncoder().encodeToString(rawOf(pair)))));
        return Map.of(
                "type",
                type,
                "latest_version",
                versions.size(),
                "exportable",
                exportable,
                "keys",
                keys);
    }

    private Map<String, Object> signed(String body) {
        var wish = JSON.readTree(body);
        var message = Base64.getDecoder().decode(wish.get("input").asString());
        int version = wish.get("key_version").asInt();
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(Optional.ofNullable(versions.get(version)).orElseThrow().getPrivate());
            signer.update(message);
            var base64 = Base64.getEncoder().encodeToString(signer.sign());
            return Map.of("signature", "vault:v" + version + ":" + base64);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] rawOf(KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
