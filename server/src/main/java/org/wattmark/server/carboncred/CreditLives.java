package org.wattmark.server.carboncred;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.server.carboncred.ImportedHolding.Status;

/// Follows each credit through the ledger: minted to the market, traded, retired. What CarbonCred's
/// own rules would have refused makes a credit one that nobody can say whose it is.
final class CreditLives {

    private static final String MARKET = "MARKET";
    private static final String RETIRED = "RETIRED";

    private final Map<UUID, ImportedHolding> credits = new HashMap<>();
    private long unreadable;

    void follow(LedgerEntry entry, boolean isBroken) {
        UUID credit;
        try {
            credit = UUID.fromString(entry.creditId());
        } catch (IllegalArgumentException e) {
            unreadable++;
            return;
        }
        var before = Optional.ofNullable(credits.get(credit));
        var after = isBroken ? suspended(entry) : after(entry, before);
        credits.put(
                credit,
                new ImportedHolding(
                        entry.row(), credit, after.holder(), "", Optional.empty(), after.status()));
    }

    private record State(String holder, Status status) {}

    private static State suspended(LedgerEntry entry) {
        return new State(
                entry.event().equals("TRADE") ? entry.to() : entry.from(), Status.SUSPENDED);
    }

    private static State after(LedgerEntry entry, Optional<ImportedHolding> before) {
        boolean onMarket = before.filter(it -> it.status() == Status.RESERVED).isPresent();
        boolean held = isHeldBy(entry.from(), before);
        return switch (entry.event()) {
            case "MINT" ->
                    before.isEmpty() && entry.to().equals(MARKET)
                            ? new State(entry.from(), Status.RESERVED)
                            : suspended(entry);
            case "TRADE" ->
                    held || (onMarket && entry.from().equals(MARKET))
                            ? new State(entry.to(), Status.HELD)
                            : suspended(entry);
            case "RETIRE" ->
                    held && entry.to().equals(RETIRED)
                            ? new State(entry.from(), Status.RETIRED)
                            : suspended(entry);
            default -> suspended(entry);
        };
    }

    private static boolean isHeldBy(String holder, Optional<ImportedHolding> before) {
        return before.filter(it -> it.status() == Status.HELD && it.holder().equals(holder))
                .isPresent();
    }

    /// By the row of their last entry.
    List<ImportedHolding> holdings() {
        return credits.values().stream()
                .sorted(Comparator.comparingLong(ImportedHolding::row))
                .toList();
    }

    /// How many rows name a credit that is no UUID.
    long unreadable() {
        return unreadable;
    }
}
