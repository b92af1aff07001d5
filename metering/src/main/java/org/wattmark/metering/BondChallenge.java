package org.wattmark.metering;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.metering.Bonding.Bonded;
import org.wattmark.metering.Bonding.Reason;
import org.wattmark.metering.Bonding.Refused;
import org.wattmark.units.Canonical;

/// What a device signs to be bonded: it names the owner's account and what the owner declared, so a
/// signature made for one account bonds to no other.
///
/// @param nonce from the server, which keeps it until it is answered
/// @param expiresAt the first instant at which an answer is too late
/// @param declaration hash of the owner's [ExclusivityDeclaration]
public record BondChallenge(
        Nonce nonce,
        DeviceId device,
        DeviceKey key,
        UUID owner,
        Instant expiresAt,
        Sha256 declaration) {

    public byte[] canonicalBytes() {
        return Canonical.of("wattmark/bond-challenge/v1")
                .bytes(nonce.bytes())
                .id(device.value())
                .bytes(key.bytes())
                .id(owner)
                .instant(expiresAt)
                .bytes(declaration.bytes())
                .toByteArray();
    }

    /// Judges the answer as far as the answer alone tells. That a device, a key and an external id
    /// are bonded once is known only where all bonds are.
    ///
    /// @param account who sends the answer
    public Bonding answered(
            UUID account,
            ExclusivityDeclaration declared,
            DeviceSignature signature,
            Instant receivedAt) {
        if (!account.equals(owner)) {
            return new Refused(Reason.CHALLENGE_FOR_ANOTHER_ACCOUNT);
        }
        if (!receivedAt.isBefore(expiresAt)) {
            return new Refused(Reason.CHALLENGE_EXPIRED);
        }
        if (!declared.sha256().equals(declaration)) {
            return new Refused(Reason.DECLARATION_DIFFERS);
        }
        if (!key.verifies(canonicalBytes(), signature)) {
            return new Refused(Reason.SIGNATURE_INVALID);
        }
        return new Bonded(this, declared, signature);
    }
}
