package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// An activity that reduces emissions, and who runs it.
///
/// @param proponent the organisation that runs it and receives what is issued
/// @param title for people, at most 200 characters; it is public
/// @param region of the grid, ISO 3166 alpha-3
/// @param zone IANA time zone of the site: vintages and monitoring periods follow its civil days
public record Project(
        UUID id,
        Organisation proponent,
        String title,
        String region,
        String zone,
        MethodologyId methodology,
        UnitClass unitClass) {

    public static final int MAX_TITLE = 200;

    public Project {
        if (title.isBlank() || title.length() > MAX_TITLE) {
            throw new IllegalArgumentException("a title has 1 to " + MAX_TITLE + " characters");
        }
    }

    /// Where what is issued to the proponent goes.
    public AccountId holder() {
        return SystemAccounts.holder(proponent.id(), unitClass);
    }
}
