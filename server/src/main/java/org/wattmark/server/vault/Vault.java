package org.wattmark.server.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.AppRoleAuthentication;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.RoleId;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.SecretId;
import org.springframework.vault.authentication.LifecycleAwareSessionManager;
import org.springframework.vault.authentication.SessionManager;
import org.springframework.vault.authentication.SimpleSessionManager;
import org.springframework.vault.authentication.TokenAuthentication;
import org.springframework.vault.client.VaultClients;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultResponse;
import org.springframework.web.client.ResourceAccessException;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.KeyVault;

/// A HashiCorp Vault. `VAULT_ADDR` says where it is, and `VAULT_TOKEN`, or `VAULT_ROLE_ID` with
/// `VAULT_SECRET_ID` (AppRole, whose token is renewed), opens it: the names that Vault's own tools
/// read.
public final class Vault implements KeyVault {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern REFERENCE = Pattern.compile("vault:([^/#]+)/([^#]+)#(.+)");
    private static final Pattern PLACE = Pattern.compile("vault:(.+)/([^/]+)/([0-9]+)");
    private static final Pattern TRANSIT_KEY =
            Pattern.compile("([A-Za-z0-9_./-]+)/([A-Za-z0-9_.-]+)");
    private static final Pattern SIGNATURE = Pattern.compile("vault:v[0-9]+:([A-Za-z0-9+/=]+)");

    private final VaultTemplate vault;
    private final URI address;

    private Vault(VaultTemplate vault, URI address) {
        this.vault = vault;
        this.address = address;
    }

    /// The public half of a key of the transit engine, and where the other one is.
    ///
    /// @param publicKey 32 bytes of RFC 8032
    @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
    public record TransitKey(byte[] publicKey, String place) {}

    /// Whether a setting's value says that the secret lies in Vault: `vault:secret/wattmark#field`.
    public static boolean isReference(String value) {
        return value.startsWith("vault:");
    }

    public static Optional<Vault> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("VAULT_ADDR"))
                .filter(address -> !address.isBlank())
                .map(address -> open(URI.create(address), environment));
    }

    /// @throws CommandFailed where no Vault is named
    public static Vault required(Map<String, String> environment) {
        return of(environment)
                .orElseThrow(() ->
                        new CommandFailed(
                                "VAULT_ADDR is not set: it says which Vault, as in"
                                        + " https://vault.example.org:8200"));
    }

    /// For the log's signer: a Vault where there is one.
    public static KeyVault keys(Map<String, String> environment) {
        return of(environment).<KeyVault>map(vault -> vault).orElse(KeyVault.NONE);
    }

    private static Vault open(URI address, Map<String, String> environment) {
        var requests =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        requests.setReadTimeout(PATIENCE);
        var endpoint = VaultEndpoint.from(address);
        var session = session(endpoint, requests, environment);
        return new Vault(new VaultTemplate(endpoint, requests, session), address);
    }

    private static SessionManager session(
            VaultEndpoint endpoint,
            ClientHttpRequestFactory requests,
            Map<String, String> environment) {
        var token = environment.getOrDefault("VAULT_TOKEN", "");
        if (!token.isBlank()) {
            return new SimpleSessionManager(new TokenAuthentication(token));
        }
        var role = environment.getOrDefault("VAULT_ROLE_ID", "");
        if (role.isBlank()) {
            throw new CommandFailed(
                    "VAULT_ADDR is set, and neither VAULT_TOKEN nor VAULT_ROLE_ID with"
                            + " VAULT_SECRET_ID, which open the Vault");
        }
        var secret = environment.getOrDefault("VAULT_SECRET_ID", "");
        var options =
                AppRoleAuthenticationOptions.builder()
                        .roleId(RoleId.provided(role))
                        .secretId(secret.isBlank() ? SecretId.absent() : SecretId.provided(secret))
                        .build();
        var client = VaultClients.createRestTemplate(endpoint, requests);
        var renewing = new SimpleAsyncTaskScheduler();
        renewing.setVirtualThreads(true);
        return new LifecycleAwareSessionManager(
                new AppRoleAuthentication(options, client), renewing, client);
    }

    /// The newest version of a key of the transit engine.
    ///
    /// @param mountAndName such as `transit/wattmark-log`
    /// @throws CommandFailed unless it is an Ed25519 key that nobody can export
    public TransitKey transitKey(String mountAndName) {
        var named = TRANSIT_KEY.matcher(mountAndName);
        if (!named.matches()) {
            throw new CommandFailed(
                    "--vault takes MOUNT/KEY, such as transit/wattmark-log, not " + mountAndName);
        }
        var data = dataOf(named.group(1) + "/keys/" + named.group(2));
        if (!"ed25519".equals(data.get("type"))) {
            throw new CommandFailed(
                    "the log signs with ed25519, and " + mountAndName + " is " + data.get("type"));
        }
        if (Boolean.TRUE.equals(data.get("exportable"))) {
            throw new CommandFailed(
                    mountAndName + " can be exported, so nobody knows who has it: make another");
        }
        var version = String.valueOf(data.get("latest_version"));
        if (data.get("keys") instanceof Map<?, ?> keys
                && keys.get(version) instanceof Map<?, ?> key
                && key.get("public_key") instanceof String base64) {
            return new TransitKey(
                    Base64.getDecoder().decode(base64), "vault:" + mountAndName + "/" + version);
        }
        throw new CommandFailed(address + " shows no public key of " + mountAndName);
    }

    @Override
    public byte[] sign(String place, byte[] message) {
        var named = PLACE.matcher(place);
        if (!named.matches()) {
            throw unreachable("no key of Vault is at " + place, null);
        }
        var wish =
                Map.of(
                        "input", Base64.getEncoder().encodeToString(message),
                        "key_version", Integer.parseInt(named.group(3)));
        var data = data(() -> vault.write(named.group(1) + "/sign/" + named.group(2), wish), place);
        var answer = SIGNATURE.matcher(String.valueOf(data.get("signature")));
        if (!answer.matches()) {
            throw unreachable("Vault gave no signature by " + place, null);
        }
        return Base64.getDecoder().decode(answer.group(1));
    }

    /// A secret of the key–value engine, version 2.
    ///
    /// @param reference `vault:MOUNT/PATH#FIELD`
    /// @throws CommandFailed when there is none
    public String secret(String reference) {
        var named = REFERENCE.matcher(reference);
        if (!named.matches()) {
            throw new CommandFailed(
                    "a secret in Vault is vault:MOUNT/PATH#FIELD, such as"
                            + " vault:secret/wattmark#smtp_password, not "
                            + reference);
        }
        var data = dataOf(named.group(1) + "/data/" + named.group(2));
        if (data.get("data") instanceof Map<?, ?> fields
                && fields.get(named.group(3)) instanceof String secret) {
            return secret;
        }
        throw new CommandFailed(address + " has no text at " + reference);
    }

    private Map<String, Object> dataOf(String path) {
        try {
            return data(() -> vault.read(path), path);
        } catch (UncheckedIOException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    /// One question to Vault; every failure may pass, since an operator can mend each of them.
    private Map<String, Object> data(Question question, String what) {
        try {
            var response = question.ask();
            var data = response == null ? null : response.getData();
            if (data == null) {
                throw unreachable(address + " knows nothing of " + what, null);
            }
            return data;
        } catch (VaultException | ResourceAccessException e) {
            throw unreachable(address + " does not give " + what + ": " + e.getMessage(), e);
        }
    }

    private static UncheckedIOException unreachable(String what, @Nullable Exception cause) {
        return new UncheckedIOException(new IOException(what, cause));
    }

    @FunctionalInterface
    private interface Question {

        @Nullable VaultResponse ask();
    }
}
