package org.wattmark.metering;

/// What came of an answer to a bond challenge.
public sealed interface Bonding {

    /// The device's key has signed for the owner. The signature is kept as evidence of it.
    record Bonded(
            BondChallenge challenge, ExclusivityDeclaration declaration, DeviceSignature signature)
            implements Bonding {}

    record Refused(Reason reason) implements Bonding {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        CHALLENGE_UNKNOWN,
        CHALLENGE_FOR_ANOTHER_ACCOUNT,
        CHALLENGE_EXPIRED,
        DECLARATION_DIFFERS,
        SIGNATURE_INVALID,
        DEVICE_ALREADY_BONDED,
        KEY_ALREADY_BONDED,
        /// A maker has deposited the key for packets, and a key serves one protocol.
        KEY_SERVES_PACKETS,
        EXTERNAL_ID_ALREADY_DECLARED,
        /// No device waits for its owner under this id and secret.
        SECRET_OPENS_NOTHING
    }
}
