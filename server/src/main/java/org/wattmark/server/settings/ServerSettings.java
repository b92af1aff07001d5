package org.wattmark.server.settings;

import java.net.URI;
import java.nio.file.Path;

/// What an operator decides, as the options of `wattmark serve` name it.
///
/// @param data the folder for everything that must outlive the process
/// @param baseUrl where clients reach the server, and the issuer that its tokens name
public record ServerSettings(Path data, URI baseUrl) {

    /// Where keys lie, each in a file of its own that only the owner reads.
    public Path keys() {
        return data.resolve("keys");
    }

    public boolean isHttps() {
        return "https".equals(baseUrl.getScheme());
    }
}
