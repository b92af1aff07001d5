package org.wattmark.server.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Properties;
import java.util.UUID;
import org.wattmark.server.secrets.OwnerOnlyFile;

/// Puts each mail as a file `….eml` (RFC 5322) into a folder that only its owner reads, for who has
/// no mail server, or has not yet.
final class FolderOutbox implements Outbox {

    private final Path folder;
    private final String from;
    private final InstantSource clock;

    FolderOutbox(Path folder, String from, InstantSource clock) {
        this.folder = folder;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public boolean send(Mail mail) {
        var now = clock.instant();
        var name = now.toString().replace(':', '-') + "-" + UUID.randomUUID() + ".eml";
        var bytes = new ByteArrayOutputStream();
        try {
            Messages.of(mail, from, now, Session.getInstance(new Properties())).writeTo(bytes);
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail of ours cannot be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OwnerOnlyFile.write(folder.resolve(name), bytes.toString(StandardCharsets.US_ASCII));
        return true;
    }
}
