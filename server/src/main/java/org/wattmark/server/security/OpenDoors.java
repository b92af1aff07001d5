package org.wattmark.server.security;

/// Guards what needs no token and yet costs something: mails, slow hashes, tries at tokens.
public final class OpenDoors {

    /// Nobody's mailbox is to be filled.
    private static final int MAILS_TO_ONE = 3;

    private final RateLimits limits;
    private final int perMinute;

    /// @param perMinute from one network address, behind which a whole firm may be
    OpenDoors(RateLimits limits, int perMinute) {
        this.limits = limits;
        this.perMinute = perMinute;
    }

    /// Answers 429 if too many requests came from this network address.
    public void requireFew(String remoteAddress) {
        require(limits.take(remoteAddress, "open-doors", perMinute));
    }

    /// Answers 429 if too many mails were asked for to this address.
    public void requireFewMails(String address) {
        require(limits.take(address, "mails", MAILS_TO_ONE));
    }

    private static void require(RateLimits.Taken taken) {
        if (!taken.isAllowed()) {
            throw taken.problem().asException();
        }
    }
}
