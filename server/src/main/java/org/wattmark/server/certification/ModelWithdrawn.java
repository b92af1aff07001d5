package org.wattmark.server.certification;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A certified model counts no longer. It stays in the list, with the reason, for who relied on it.
///
/// @param by the operator's organisation
public record ModelWithdrawn(UUID model, String reason, UUID by) implements Fact {

    public static final String DOMAIN = "wattmark/model-withdrawn/v1";

    static final int MAX_REASON = 500;

    public ModelWithdrawn {
        if (reason.isBlank()
                || reason.length() > MAX_REASON
                || reason.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a reason has 1 to " + MAX_REASON + " characters, none of them a control one");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(model).text(reason).id(by).toByteArray();
    }

    /// Reads [#content].
    public static ModelWithdrawn of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var withdrawn = new ModelWithdrawn(reader.id(), reader.text(), reader.id());
            reader.end();
            return withdrawn;
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed("not a withdrawal: " + e.getMessage());
        }
    }
}
