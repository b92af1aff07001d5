package org.wattmark.market;

import java.util.Currency;
import org.wattmark.verification.UnitClass;

/// A bank's name for a payment, as it must be unique: for each class and currency by itself, as
/// each has a bank account of its own.
public record DepositReference(UnitClass unitClass, Currency currency, String reference) {}
