package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// A command was decided and changed nothing, most often because it was refused. The entry takes
/// the command's id, so that the same id can never be decided otherwise.
public record NothingChanged(UUID command) implements Fact {

    public static final String DOMAIN = "wattmark/nothing-changed/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(command).toByteArray();
    }

    public static NothingChanged of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        var unchanged = new NothingChanged(reader.id());
        reader.end();
        return unchanged;
    }
}
