package org.wattmark.server.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// One database: where it is, and who we are there.
///
/// @param password empty when the server asks for none
public record Database(String jdbcUrl, String user, String password) {

    /// A connection on which nothing was heard for so long is given up.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// Reads `postgresql://user:password@host:port/name`, with or without `jdbc:` before it.
    public static Database parse(String url) {
        var plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        URI uri;
        try {
            uri = new URI(plain);
        } catch (java.net.URISyntaxException e) {
            throw new UnusableDatabase("the database URL cannot be read: " + e.getReason(), e);
        }
        var scheme = uri.getScheme();
        if (uri.getHost() == null || !("postgresql".equals(scheme) || "postgres".equals(scheme))) {
            throw new UnusableDatabase(
                    "the database URL must look like postgresql://user:password@host:5432/name");
        }
        var userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Database(
                "jdbc:postgresql://" + uri.getHost() + portOf(uri) + uri.getRawPath() + query,
                decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)),
                colon < 0 ? "" : decoded(userInfo.substring(colon + 1)));
    }

    private static String portOf(URI uri) {
        return uri.getPort() < 0 ? "" : ":" + uri.getPort();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// A source of single connections, without a pool: for commands and tests.
    public DataSource dataSource() {
        return plainDataSource();
    }

    private PGSimpleDataSource plainDataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        return source;
    }

    /// The same for connections that keep these settings whatever is set for the role, the database
    /// or the server, even while they are open.
    ///
    /// @param settings as `name=value`, which outrank those of the URL
    DataSource dataSource(List<String> settings) {
        var source = plainDataSource();
        var options = new StringJoiner(" ");
        if (source.getOptions() != null) {
            options.add(source.getOptions());
        }
        settings.forEach(each -> options.add("-c " + each));
        source.setOptions(options.toString());
        // A host that has vanished says nothing for ever; the longest answer takes seconds.
        source.setSocketTimeout((int) SILENCE.toSeconds());
        return source;
    }

    /// Never the password: this is what logs show.
    @Override
    public String toString() {
        return jdbcUrl.replaceAll("(?i)(password=)[^&]*", "$1***") + " as " + user;
    }
}
