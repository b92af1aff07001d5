package org.wattmark.rewards;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.units.Canonical;

/// What of a reward programme never changes: where it is, in which money it pays, when it began and
/// how often it halves.
///
/// @param id of the proposal that it was entered by
/// @param test whether it only plays: its rewards are of class TEST and live accounts refuse them
/// @param genesis the civil day from which halvings are counted; nothing before it is rewarded
/// @param halvingDays after so many days the base rate is half of what it was
public record Programme(
        UUID id,
        String name,
        TariffRegion region,
        Currency currency,
        boolean test,
        LocalDate genesis,
        int halvingDays) {

    public static final int MAX_NAME = 100;

    /// Four years, as Bitcoin's: "Bitcoin style halving" is what the Carbon Smart Meter promises.
    public static final int STANDARD_HALVING_DAYS = 1_461;

    /// A century.
    public static final int MAX_HALVING_DAYS = 36_525;

    public Programme {
        Words.require(name, MAX_NAME, "a programme's name");
        MicroMoney.microUnitsPerMinorUnit(currency);
        Days.requireCountable(genesis);
        if (halvingDays < 1 || halvingDays > MAX_HALVING_DAYS) {
            throw new IllegalArgumentException(
                    "a rate halves after 1 to " + MAX_HALVING_DAYS + " days, not " + halvingDays);
        }
    }

    /// How many halvings lie between genesis and the day, which is not before genesis.
    long epochOf(LocalDate day) {
        long days = ChronoUnit.DAYS.between(genesis, day);
        if (days < 0) {
            throw new IllegalArgumentException(day + " is before genesis, " + genesis);
        }
        return days / halvingDays;
    }

    /// What it owes, in micro-units.
    public Asset asset() {
        return test ? Asset.testRewards(id, currency) : Asset.rewards(id, currency);
    }

    /// What it is funded with and pays out, in minor units.
    public Asset money() {
        return test ? Asset.testMoney(currency) : Asset.money(currency);
    }

    /// Who receives rewards: an organisation's or a person's account.
    public AccountId holder(UUID organisation) {
        return test ? AccountId.testHolder(organisation) : AccountId.holder(organisation);
    }

    /// Where micro-units come from: so many as money was put aside, and no more.
    public Account source() {
        return new Account(system("source"), Account.Kind.SOURCE);
    }

    /// What can still be earned.
    public Account pool() {
        return new Account(system("pool"), Account.Kind.HOLDER);
    }

    /// Where micro-units end that were paid out as money.
    public Account paid() {
        return new Account(system("paid"), Account.Kind.SINK);
    }

    /// The money behind all micro-units that are not paid out.
    public Account fund() {
        return new Account(system("fund"), Account.Kind.HOLDER);
    }

    /// Fees that were shared among stakes and not yet drawn.
    public Account stakeIncome() {
        return new Account(system("stake-income"), Account.Kind.HOLDER);
    }

    private AccountId system(String role) {
        var name = "reward-" + role + "-" + id;
        return test ? AccountId.testSystem(name) : AccountId.system(name);
    }

    Canonical writeTo(Canonical canonical) {
        return canonical
                .id(id)
                .text(name)
                .text(region.code())
                .text(currency.getCurrencyCode())
                .number(test ? 1 : 0)
                .number(genesis.toEpochDay())
                .number(halvingDays);
    }

    static Programme read(Canonical.Reader reader) throws Canonical.Malformed {
        return new Programme(
                reader.id(),
                reader.text(),
                new TariffRegion(reader.text()),
                Currency.getInstance(reader.text()),
                isTrue(reader.number()),
                Days.read(reader),
                Math.toIntExact(reader.number()));
    }

    private static boolean isTrue(long number) throws Canonical.Malformed {
        if (number != 0 && number != 1) {
            throw new Canonical.Malformed("neither true nor false: " + number);
        }
        return number == 1;
    }
}
