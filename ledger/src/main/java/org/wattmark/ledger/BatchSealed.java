package org.wattmark.ledger;

import java.util.List;
import java.util.UUID;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Ends a batch: binds what each command was answered, so that a changed answer is found. The log
/// shows only a commitment: an answer holds amounts of money and names, which could be guessed and
/// confirmed by a bare hash.
///
/// A command whose transfer says it all is bound by that entry, and not counted here.
///
/// @param answers SHA-256 over sequence, id, fingerprint and encoded outcome of each command, in
///   order
public record BatchSealed(UUID batch, long commands, Bytes answers) implements Fact {

    public static final String DOMAIN = "wattmark/batch-sealed/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/batch-sealed-published/v1";

    public static BatchSealed over(UUID batch, List<Decided> decided) {
        var kept = decided.stream().filter(each -> !each.isInItsEntry()).toList();
        return new BatchSealed(batch, kept.size(), digest(kept));
    }

    /// The digest that a batch has of which these answers are kept.
    public static Bytes digest(List<Decided> decided) {
        var answers = Canonical.of("wattmark/answers/v2").number(decided.size());
        for (var each : decided) {
            answers.number(each.sequence())
                    .id(each.id())
                    .bytes(each.fingerprint().toByteArray())
                    .bytes(each.encoded().toByteArray());
        }
        return Bytes.of(answers.sha256());
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(batch)
                .number(commands)
                .bytes(answers.toByteArray())
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(batch)
                .number(commands)
                .bytes(Commitment.to(answers.toByteArray(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static BatchSealed of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        var sealed = new BatchSealed(reader.id(), reader.number(), Bytes.of(reader.bytes()));
        reader.end();
        return sealed;
    }
}
