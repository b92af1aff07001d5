package org.wattmark.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// Somebody did something with a claim. The log shows with which claim and what; who it was and
/// what they said, only as a commitment.
///
/// @param about the question that is answered; the step's own id for every other action
/// @param text what is declared, asked, answered, or why
/// @param attachments evidence by its SHA-256; with a verdict first the statement's
public record ClaimStep(
        UUID id,
        ClaimId claim,
        ClaimAction action,
        UUID person,
        UUID organisation,
        UUID about,
        String text,
        List<Sha256> attachments)
        implements Fact {

    public static final String DOMAIN = "wattmark/claim-step/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/claim-step-taken/v1";
    public static final int MOST_CHARACTERS = 10_000;
    public static final int MOST_ATTACHMENTS = 100;

    public ClaimStep {
        attachments = List.copyOf(attachments);
        if (text.length() > MOST_CHARACTERS || attachments.size() > MOST_ATTACHMENTS) {
            throw new IllegalArgumentException("a step that says too much");
        }
    }

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(id)
                        .id(claim.value())
                        .text(action.name())
                        .id(person)
                        .id(organisation)
                        .id(about)
                        .text(text)
                        .number(attachments.size());
        attachments.forEach(attachment -> bytes.bytes(attachment.bytes()));
        return bytes.toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(claim.value())
                .text(action.name())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static ClaimStep of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var step =
                    new ClaimStep(
                            reader.id(),
                            new ClaimId(reader.id()),
                            ClaimAction.valueOf(reader.text()),
                            reader.id(),
                            reader.id(),
                            reader.id(),
                            reader.text(),
                            attachments(reader));
            reader.end();
            return step;
        });
    }

    private static List<Sha256> attachments(Canonical.Reader reader) throws Canonical.Malformed {
        long count = reader.number();
        if (count < 0 || count > MOST_ATTACHMENTS) {
            throw new Canonical.Malformed("at most " + MOST_ATTACHMENTS + ", not " + count);
        }
        var attachments = new ArrayList<Sha256>();
        for (long i = 0; i < count; i++) {
            attachments.add(Sha256.ofDigest(reader.bytes()));
        }
        return attachments;
    }
}
