package org.wattmark.server.edge;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;

/// An MQTT broker that somebody named: `mqtt://user@host:1883`, or `mqtts` for TLS. The password is
/// in no command line, where every process could read it.
///
/// @param password null for none
record BrokerUrl(
        String host, int port, boolean tls, @Nullable String user, @Nullable String password) {

    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    /// @param option whose value it is
    static BrokerUrl of(String option, URI url, @Nullable String password) {
        boolean tls = "mqtts".equals(url.getScheme());
        if (url.getHost() == null || !(tls || "mqtt".equals(url.getScheme()))) {
            throw new CommandFailed(
                    option
                            + " is not like mqtt://user@host:1883 or mqtts://user@host:8883: "
                            + url);
        }
        var user = url.getUserInfo();
        if (user != null && user.contains(":")) {
            throw new CommandFailed(
                    option
                            + " has a password in it, which every process here can read; put it"
                            + " into the variable that --help names");
        }
        int port = url.getPort() > 0 ? url.getPort() : tls ? TLS_PORT : PORT;
        return new BrokerUrl(
                url.getHost(),
                port,
                tls,
                user,
                password == null || password.isBlank() ? null : password);
    }

    @Override
    public String toString() {
        return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
    }
}
