package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.units.Canonical;
import org.wattmark.units.Money;

/// What one person proposes and another one approves.
public sealed interface Motion {

    /// A tariff is to apply.
    record SetTariff(Tariff tariff) implements Motion {}

    /// A programme is to begin.
    record BeginProgramme(Programme programme, Terms terms) implements Motion {

        public BeginProgramme {
            requireWholeThreshold(programme, terms);
            if (terms.from().isAfter(programme.genesis())) {
                throw new IllegalArgumentException("a programme has terms from its genesis on");
            }
        }
    }

    /// A programme is to pay by other terms.
    record ChangeTerms(UUID programme, Terms terms) implements Motion {}

    /// Money is to go from the operator's fees into a programme's pool.
    record FundFromFees(UUID programme, Money money) implements Motion {

        public FundFromFees {
            FundPool.requireCountable(money);
        }
    }

    /// A part of the operator's fees is to be shared among a programme's stakes.
    record ShareFees(UUID programme, Money money) implements Motion {

        public ShareFees {
            FundPool.requireCountable(money);
        }
    }

    /// What is paid out is at least one minor unit.
    static void requireWholeThreshold(Programme programme, Terms terms) {
        long least = MicroMoney.microUnitsPerMinorUnit(programme.currency());
        if (terms.payoutThresholdMicros() < least) {
            throw new IllegalArgumentException(
                    "a payout threshold is at least " + least + " micro-units of this currency");
        }
    }

    /// Canonical bytes that begin with the kind.
    default Canonical writeTo(Canonical canonical) {
        return switch (this) {
            case SetTariff(var tariff) -> tariff.writeTo(canonical.text("SET_TARIFF"));
            case BeginProgramme(var programme, var terms) ->
                    terms.writeTo(programme.writeTo(canonical.text("BEGIN_PROGRAMME")));
            case ChangeTerms(var programme, var terms) ->
                    terms.writeTo(canonical.text("CHANGE_TERMS").id(programme));
            case FundFromFees(var programme, var money) ->
                    canonical.text("FUND_FROM_FEES").id(programme).money(money);
            case ShareFees(var programme, var money) ->
                    canonical.text("SHARE_FEES").id(programme).money(money);
        };
    }

    static Motion read(Canonical.Reader reader) throws Canonical.Malformed {
        var kind = reader.text();
        return switch (kind) {
            case "SET_TARIFF" -> new SetTariff(Tariff.read(reader));
            case "BEGIN_PROGRAMME" ->
                    new BeginProgramme(Programme.read(reader), Terms.read(reader));
            case "CHANGE_TERMS" -> new ChangeTerms(reader.id(), Terms.read(reader));
            case "FUND_FROM_FEES" -> new FundFromFees(reader.id(), reader.money());
            case "SHARE_FEES" -> new ShareFees(reader.id(), reader.money());
            default -> throw new Canonical.Malformed("no motion is of the kind " + kind);
        };
    }

    /// The motion alone, as the database keeps it.
    default byte[] toByteArray() {
        return writeTo(Canonical.of(ONE)).toByteArray();
    }

    static Motion of(byte[] content) throws Canonical.Malformed {
        return Form.read(ONE, content, Motion::read);
    }

    String ONE = "wattmark/reward-motion/v1";
}
