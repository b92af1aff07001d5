package org.wattmark.attributes;

/// How far an allocation has come. PENDING becomes one of the others, and they stay.
public enum AllocationStatus {
    /// The claim is being judged; nobody else can have the energy.
    PENDING,
    /// Units were issued or sold for it.
    CONSUMED,
    /// The claim was refused; the energy is free again.
    RELEASED;

    /// Whether the allocation keeps the energy from other claims.
    public boolean isLive() {
        return this != RELEASED;
    }
}
