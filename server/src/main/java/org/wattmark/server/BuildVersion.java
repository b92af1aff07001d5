package org.wattmark.server;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `wattmark --version` prints.
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        var build = new Properties();
        try (var stream = BuildVersion.class.getResourceAsStream("/wattmark.properties")) {
            build.load(stream);
        }
        return new String[] {
            "wattmark " + build.getProperty("version"),
            "PostgreSQL " + build.getProperty("postgres") + " (embedded)",
            "Java " + Runtime.version(),
        };
    }
}
