package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Trust;

/// The file `witnesses.txt` in the data folder: whom this log asks for cosignatures, and how many
/// of them its proofs should bear. Its format is that of a trust file, C2SP `tlog-policy`, without
/// a log; a witness without a URL is known and not asked.
public final class WitnessFile {

    private WitnessFile() {}

    public static Path in(Path data) {
        return data.resolve("witnesses.txt");
    }

    /// Believes nobody where there is no file.
    ///
    /// @throws CommandFailed when the file is none
    public static Trust read(Path data) {
        var file = in(data);
        if (!Files.exists(file)) {
            return Trust.NOBODY;
        }
        try {
            var trust = Trust.parse(Files.readString(file));
            trust.witnesses()
                    .keySet()
                    .forEach(name -> trust.urlOf(name).ifPresent(WitnessFile::url));
            return trust;
        } catch (MalformedException e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Those that are asked.
    static Witnesses witnesses(Trust trust) {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(RemoteWitness.TIMEOUT)
                        .build();
        return new Witnesses(
                trust.witnesses().entrySet().stream()
                        .filter(it -> trust.urlOf(it.getKey()).isPresent())
                        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                        .map(it ->
                                new RemoteWitness(
                                        it.getKey(),
                                        it.getValue(),
                                        url(trust.urlOf(it.getKey()).orElseThrow()),
                                        http))
                        .toList());
    }

    /// The submission prefix, to which `/add-checkpoint` is added.
    private static URI url(String prefix) {
        try {
            var url = URI.create(prefix.replaceAll("/+$", "") + "/add-checkpoint");
            if (url.getHost() != null
                    && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new CommandFailed("not the URL of a witness: " + prefix);
    }
}
