package org.wattmark.tlog;

/// Where a private key lies that this process never sees: it is asked for signatures instead.
@FunctionalInterface
public interface KeyVault {

    /// For whoever has all keys in files.
    KeyVault NONE =
            (place, _) -> {
                throw new SigningRefusedException(
                        "the key lies at " + place + ", and no vault is set up");
            };

    /// Signs with the Ed25519 key at `place` (RFC 8032, the whole message, not its digest). What
    /// comes back is checked against the public key before it is used.
    ///
    /// @param place as the key file has it; what it means the vault alone knows
    /// @throws java.io.UncheckedIOException when the vault does not answer: ask again later
    /// @throws SigningRefusedException when it refuses
    byte[] sign(String place, byte[] message);
}
