package org.wattmark.server.client;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// Which server a command speaks to, and as whom.
public final class ServerOptions {

    @Option(
            names = "--url",
            description = "The server. Default: ${DEFAULT-VALUE}",
            defaultValue = "http://localhost:8080")
    private URI url;

    @Option(
            names = "--token",
            description = "An access token of a proponent; or WATTMARK_TOKEN. It lives minutes.",
            defaultValue = "${env:WATTMARK_TOKEN}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String token;

    @Option(
            names = "--client-id",
            description = "A machine's client id, as `wattmark add` printed it.",
            defaultValue = "${env:WATTMARK_CLIENT_ID}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String clientId;

    @Option(
            names = "--client-secret",
            description = "Its secret. WATTMARK_CLIENT_SECRET keeps it out of the process list.",
            defaultValue = "${env:WATTMARK_CLIENT_SECRET}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String clientSecret;

    @Option(
            names = "--email",
            description = "A person's address, to sign in with a password.",
            defaultValue = "${env:WATTMARK_EMAIL}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String email;

    @Option(
            names = "--password",
            description = "The password. WATTMARK_PASSWORD keeps it out of the process list.",
            defaultValue = "${env:WATTMARK_PASSWORD}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String password;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    public ServerOptions() {}

    public RemoteServer connect(Stop stop) throws InterruptedException {
        return new RemoteServer(url, tokens(), stop).requireReachable();
    }

    private Tokens tokens() {
        var id = given(clientId);
        var secret = given(clientSecret);
        if (id.isPresent() && secret.isPresent()) {
            return Tokens.ofMachine(url, id.get(), secret.get());
        }
        var person = given(email);
        var pass = given(password);
        if (person.isPresent() && pass.isPresent()) {
            return Tokens.ofPerson(url, person.get(), pass.get());
        }
        return given(token)
                .map(Tokens::fixed)
                .orElseThrow(() ->
                        new CommandFailed(
                                "who are you? Give --client-id and --client-secret, --email and"
                                        + " --password, or --token"));
    }

    private static Optional<String> given(@Nullable String option) {
        return Optional.ofNullable(option).filter(each -> !each.isBlank());
    }
}
