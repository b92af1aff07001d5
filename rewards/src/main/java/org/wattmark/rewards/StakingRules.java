package org.wattmark.rewards;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Share;

/// What an operator offers those who lock their rewards.
///
/// @param terms for how long, and what it weighs when fees are shared
/// @param tiers what is off trading fees for so much that is locked, from the lowest to the highest
public record StakingRules(List<Term> terms, List<Tier> tiers) {

    /// Our own choice, which nothing asks for: a quarter, half a year, a year; and of fees a tenth,
    /// a fifth, two fifths off for 10, 50 and 200 units of the currency.
    public static final StakingRules STANDARD =
            new StakingRules(
                    List.of(new Term(90, 10_000), new Term(180, 15_000), new Term(365, 20_000)),
                    List.of(
                            new Tier(10_000_000, Share.ofPercent(10)),
                            new Tier(50_000_000, Share.ofPercent(20)),
                            new Tier(200_000_000, Share.ofPercent(40))));

    public StakingRules {
        terms = List.copyOf(terms);
        tiers = List.copyOf(tiers);
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).fromMicros() <= tiers.get(i - 1).fromMicros()) {
                throw new IllegalArgumentException("tiers rise: " + tiers);
            }
        }
    }

    /// @param weightBasisPoints of a staked micro-unit; 10,000 is 1
    public record Term(int days, int weightBasisPoints) {

        public Term {
            if (days < 1 || weightBasisPoints < 1) {
                throw new IllegalArgumentException("a term lasts and weighs: " + days);
            }
        }

        public Duration length() {
            return Duration.ofDays(days);
        }
    }

    /// @param fromMicros so many micro-units of one programme are locked, or more
    /// @param off the part of a fee in the programme's currency that is not asked for
    public record Tier(long fromMicros, Share off) {}

    public Optional<Term> term(int days) {
        return terms.stream().filter(term -> term.days() == days).findFirst();
    }

    /// What is off fees for so much that is locked.
    public Share off(long micros) {
        return tiers.stream()
                .filter(tier -> tier.fromMicros() <= micros)
                .reduce((_, higher) -> higher)
                .map(Tier::off)
                .orElse(Share.NONE);
    }
}
