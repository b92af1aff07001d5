package org.wattmark.registry;

import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.verification.UnitClass;

/// The accounts with a role, once for what is real and once for class TEST.
public final class SystemAccounts {

    private SystemAccounts() {}

    public static AccountId holder(UUID organisation, UnitClass unitClass) {
        return unitClass == UnitClass.TEST
                ? AccountId.testHolder(organisation)
                : AccountId.holder(organisation);
    }

    /// Where units come from.
    public static Account issuance(UnitClass unitClass) {
        return account("issuance", Account.Kind.SOURCE, unitClass);
    }

    /// Where the share lies that covers reversals and errors found later.
    public static Account buffer(UnitClass unitClass) {
        return account("buffer", Account.Kind.HOLDER, unitClass);
    }

    /// Where units end that were used. Nothing ever leaves it.
    public static Account retired(UnitClass unitClass) {
        return account("retired", Account.Kind.SINK, unitClass);
    }

    /// Where units end that were removed and never used. Nothing ever leaves it.
    public static Account cancelled(UnitClass unitClass) {
        return account("cancelled", Account.Kind.SINK, unitClass);
    }

    /// Where what is issued to a project's pool lies until it is divided.
    static Account pool(Project project) {
        return account("pool-" + project.id(), Account.Kind.HOLDER, project.unitClass());
    }

    /// Where fees are earned.
    public static Account fees(UnitClass unitClass) {
        return account("fees", Account.Kind.HOLDER, unitClass);
    }

    /// Mirrors the bank account of a currency: what it has given is what lies at the bank.
    public static Account bank(Currency currency, UnitClass unitClass) {
        var code = currency.getCurrencyCode().toLowerCase(Locale.ROOT);
        return account("bank-" + code, Account.Kind.SOURCE, unitClass);
    }

    public static Asset money(Currency currency, UnitClass unitClass) {
        return unitClass == UnitClass.TEST ? Asset.testMoney(currency) : Asset.money(currency);
    }

    private static Account account(String role, Account.Kind kind, UnitClass unitClass) {
        var id = unitClass == UnitClass.TEST ? AccountId.testSystem(role) : AccountId.system(role);
        return new Account(id, kind);
    }
}
