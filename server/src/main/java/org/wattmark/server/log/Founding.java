package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.units.Canonical;

/// Carries the statement of a successor log from the command that begins it to the journal, through
/// a file beside the key. While the file is there nothing is signed, so that the first checkpoint
/// of the successor covers its statement.
final class Founding implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Founding.class);

    private final Path keyFile;
    private final Sequencer sequencer;

    Founding(Path keyFile, Sequencer sequencer) {
        this.keyFile = keyFile;
        this.sequencer = sequencer;
    }

    /// The statement is not in the journal yet.
    static final class Pending extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Pending() {
            super("the statement that begins the successor log is not in the journal yet");
        }
    }

    private static Path fileOf(Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + ".founding");
    }

    static void write(Path keyFile, NewOrigin statement) {
        OwnerOnlyFile.write(
                fileOf(keyFile), Base64.getEncoder().encodeToString(statement.content()));
    }

    static Optional<NewOrigin> pending(Path keyFile) {
        var file = fileOf(keyFile);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(NewOrigin.of(Base64.getDecoder().decode(OwnerOnlyFile.read(file))));
        } catch (Canonical.Malformed | IllegalArgumentException e) {
            throw new IllegalStateException(file + " is damaged", e);
        }
    }

    /// The server is whole: the sequencer takes the statement.
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        var pending = pending(keyFile);
        if (pending.isEmpty()) {
            return;
        }
        var begun = sequencer.apply(new BeginOrigin(pending.get()));
        if (!begun.done()) {
            throw new IllegalStateException("the id of the statement stands for another");
        }
        // It is durable: a crash before this line enters it again, which changes nothing.
        try {
            Files.deleteIfExists(fileOf(keyFile));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + fileOf(keyFile), e);
        }
        LOG.warn("the journal is published as {} from now on", pending.get().origin());
    }
}
