package org.wattmark.server.organisations;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// What was changed of who may do what in an organisation.
///
/// The log shows that it happened, of which kind and in which organisation; who did it to whom is
/// private content.
///
/// @param actor the person's id or the machine's; `system` if nobody had to sign in for it
/// @param subject what was changed: the id of a person, an invitation, a key, or the organisation
/// @param detail what it is from now on, such as the roles
public record AccessChanged(
        Kind kind, UUID organisation, String actor, String subject, String detail) implements Fact {

    public static final String DOMAIN = "wattmark/access-changed/v1";

    public static final String PUBLISHED_DOMAIN = "wattmark/access-changed-published/v1";

    /// Who acts where nobody had to sign in.
    public static final String SYSTEM = "system";

    /// What can be changed. The names are in the journal and stay as they are.
    public enum Kind {
        ORGANISATION_FOUNDED,
        STANDING_SET,
        PLAN_SET,
        MEMBER_INVITED,
        INVITATION_REVOKED,
        MEMBER_JOINED,
        ROLES_SET,
        MEMBER_REMOVED,
        KEY_MADE,
        KEY_ROTATED,
        KEY_REVOKED,
        CLIENT_MADE,
        CLIENT_REVOKED,
        SIGN_IN_PAUSED,
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        RECOVERY_CODES_MADE,
        RECOVERY_CODE_USED,
        PAYEE_TRUSTED,
        PAYEE_REMOVED
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .text(kind.name())
                .id(organisation)
                .text(actor)
                .text(subject)
                .text(detail)
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .text(kind.name())
                .id(organisation)
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static AccessChanged of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var kind = Kind.valueOf(reader.text());
            var changed =
                    new AccessChanged(
                            kind, reader.id(), reader.text(), reader.text(), reader.text());
            reader.end();
            return changed;
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed("no change of access: " + e.getMessage());
        }
    }
}
