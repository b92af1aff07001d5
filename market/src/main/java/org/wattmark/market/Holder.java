package org.wattmark.market;

import java.util.regex.Pattern;
import org.wattmark.ledger.AccountId;

/// Who may trade and be paid: the accounts of organisations and persons, never those with a role in
/// the system itself.
final class Holder {

    private static final Pattern FORM = Pattern.compile("(test:)?holder:[0-9a-f-]{36}");

    private Holder() {}

    static void require(AccountId account) {
        if (!FORM.matcher(account.value()).matches()) {
            throw new IllegalArgumentException("not the account of a holder: " + account);
        }
    }
}
