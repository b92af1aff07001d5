package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// Somebody has proposed an intervention. The log shows that, and what it is when it is approved:
/// who is to give units back does not sell them before.
///
/// @param proposal as it was made
public record InterventionProposed(InterventionCase proposal) implements Fact {

    public static final String DOMAIN = "wattmark/intervention-proposed/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/intervention-proposed-published/v1";

    public InterventionProposed {
        if (proposal.state() != InterventionCase.State.PROPOSED) {
            throw new IllegalArgumentException("a proposal begins undecided: " + proposal);
        }
    }

    @Override
    public byte[] content() {
        var head = Canonical.of(DOMAIN).id(proposal.id()).id(proposal.proposedBy());
        return proposal.grounds().writeTo(proposal.intervention().writeTo(head)).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return committed(PUBLISHED_DOMAIN, proposal.id(), content(), salt);
    }

    static byte[] committed(String domain, UUID subject, byte[] content, byte[] salt) {
        return Canonical.of(domain).id(subject).bytes(Commitment.to(content, salt)).toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static InterventionProposed of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new InterventionProposed(
                                InterventionCase.proposed(
                                        reader.id(),
                                        reader.id(),
                                        Intervention.read(reader),
                                        Grounds.read(reader))));
    }
}
