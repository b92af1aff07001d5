package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A validator judged a project's design. That is about what is planned; results are verified
/// apart.
///
/// @param person of the validator's organisation
/// @param opinion in the validator's words
public record DesignJudged(
        UUID project, int number, boolean valid, UUID validator, UUID person, String opinion)
        implements Fact {

    public static final String DOMAIN = "wattmark/design-judged/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/design-validation/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(project)
                .number(number)
                .number(valid ? 1 : 0)
                .id(validator)
                .id(person)
                .text(opinion)
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(project)
                .number(number)
                .number(valid ? 1 : 0)
                .id(validator)
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static DesignJudged of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var judged =
                    new DesignJudged(
                            reader.id(),
                            Math.toIntExact(reader.number()),
                            reader.number() == 1,
                            reader.id(),
                            reader.id(),
                            reader.text());
            reader.end();
            return judged;
        });
    }
}
