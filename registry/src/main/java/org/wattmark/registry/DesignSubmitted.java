package org.wattmark.registry;

import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A project's design waits for a validator. The log shows which document and which years; the rest
/// is committed to.
public record DesignSubmitted(Design design) implements Fact {

    public static final String DOMAIN = "wattmark/project-design/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/project-design-submitted/v1";

    @Override
    public byte[] content() {
        return design.content(DOMAIN);
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(design.project())
                .number(design.number())
                .bytes(design.document().bytes())
                .period(design.crediting())
                .number(design.renewable() ? 1 : 0)
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static DesignSubmitted of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var design = Design.read(reader);
            reader.end();
            return new DesignSubmitted(design);
        });
    }
}
