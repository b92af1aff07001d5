package org.wattmark.registry;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// Says what may be said with retired units: one sentence that the evidence supports, where the
/// buyer is and for what the buyer wants it, or that there is none.
///
/// It is conservative: where a rule leaves room, the sentence does not use it. Native units avoid
/// emissions and are of no scheme but Wattmark's, so no sentence says more than that.
public final class ClaimGuard {

    /// What no sentence of ours ever says, in lower case: the evidence of no native unit supports
    /// it.
    public static final Set<String> NEVER_SAID =
            Set.of(
                    "neutral",
                    "net zero",
                    "net-zero",
                    "offset",
                    "compensat",
                    "removed",
                    "removal",
                    "sequest",
                    "corsia",
                    "gold standard",
                    "verra",
                    "climate positive",
                    "carbon positive",
                    "carbon negative",
                    "co2 free",
                    "co2-free",
                    "carbon free",
                    "carbon-free",
                    "zero emission",
                    "zero-emission",
                    "emission-free",
                    "climate friendly",
                    "eco-friendly",
                    "sustainable");

    private static final int LEAST_PLACES = 3;

    private ClaimGuard() {}

    /// Whether the retirement still stands.
    public enum Standing {
        VALID,
        SUSPENDED,
        RECALLED,
        REVERSED
    }

    /// Whose rules on environmental claims apply.
    public enum Market {
        /// Directive 2005/29/EC, Annex I, points 2a to 4c, as Directive (EU) 2024/825 made them:
        /// applied from 27 September 2026 on.
        EU(
                "In the EU (Directive 2005/29/EC, Annex I, point 4c, by Directive (EU) 2024/825):"
                        + " credits support no statement about the climate impact of a product."
                        + " Name what was paid for, and nothing else."),

        /// Digital Markets, Competition and Consumers Act 2024, part 4, chapter 1; CMA guidance
        /// "Making environmental claims on goods and services" (2021).
        UK(
                "In the UK (Digital Markets, Competition and Consumers Act 2024; the CMA's Green"
                        + " Claims Code): give the whole picture with the claim, and make none"
                        + " about a product."),

        /// Federal Trade Commission, Green Guides, 16 CFR 260.5.
        US(
                "In the US (FTC Green Guides, 16 CFR 260.5): say when the reduction happened, and"
                        + " say nothing if a law required it."),

        OTHER("Say it with the facts of this certificate beside it. Local law may allow less.");

        private static final Set<String> MEMBER_STATES =
                Set.of(
                        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR",
                        "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO",
                        "SE", "SI", "SK");

        private final String rule;

        Market(String rule) {
            this.rule = rule;
        }

        public String rule() {
            return rule;
        }

        /// @param country ISO 3166-1 alpha-2, in any case
        public static Market of(String country) {
            var code = country.toUpperCase(Locale.ROOT);
            if (MEMBER_STATES.contains(code)) {
                return EU;
            }
            return switch (code) {
                case "GB" -> UK;
                case "US" -> US;
                default -> OTHER;
            };
        }
    }

    /// What the buyer wants to say it for.
    public enum Purpose {
        /// A statement to the public about what a firm or a person did.
        STATEMENT,

        /// A firm's annual or sustainability report.
        REPORT,

        /// An advertisement, a label or a name of goods or services.
        PRODUCT,

        /// A duty of law: an emissions trading system, a carbon tax, an airline's obligation.
        COMPLIANCE
    }

    /// What may be said.
    ///
    /// @param supported whether the evidence supports any sentence for this
    /// @param sentence the one to say, or why there is none
    /// @param conditions what has to be kept in mind with it
    public record Wording(boolean supported, String sentence, List<String> conditions) {

        public Wording {
            conditions = List.copyOf(conditions);
        }
    }

    /// The sentence for one retirement. The words of the beneficiary are in it as they were given;
    /// those of the purpose are not.
    public static Wording of(
            RetirementStatement statement, Standing standing, Market market, Purpose purpose) {
        if (statement.unitClass() == UnitClass.TEST) {
            return none("Nothing may be said with units of class TEST: they are not real.");
        }
        switch (standing) {
            case SUSPENDED -> {
                return none("Nothing may be said while these units are suspended.");
            }
            case RECALLED -> {
                return none("Nothing may be said any more: these units were recalled.");
            }
            case REVERSED -> {
                return none("Nothing may be said any more: the reduction was reversed.");
            }
            case VALID -> {}
        }
        if (statement.tier() == AssuranceTier.T0) {
            return none("Nothing may be said on evidence that only its owner attests.");
        }
        return switch (purpose) {
            case COMPLIANCE ->
                    none("These units fulfil no duty: no compliance scheme has admitted them.");
            case PRODUCT ->
                    new Wording(
                            false,
                            "Nothing may be said about a product: these units say what was paid"
                                    + " for, and not what a product causes.",
                            List.of(market.rule()));
            case STATEMENT -> new Wording(true, sentence(statement), List.of(market.rule()));
            case REPORT ->
                    new Wording(
                            true,
                            sentence(statement),
                            List.of(
                                    "In a greenhouse gas inventory it stands beside the totals and"
                                            + " makes none of them smaller (GHG Protocol Corporate"
                                            + " Standard).",
                                    market.rule()));
        };
    }

    private static Wording none(String why) {
        return new Wording(false, why, List.of());
    }

    private static String sentence(RetirementStatement statement) {
        return ("%s retired credits for %s of CO2e emissions avoided in %s by project %s in %s,"
                        + " quantified by %s; %s; %s.")
                .formatted(
                        statement.beneficiary(),
                        amount(statement.quantity()),
                        statement.vintage(),
                        statement.project(),
                        statement.region(),
                        "Wattmark's methodology " + statement.methodology(),
                        evidence(statement.tier()),
                        verified(statement.verifiedBy()));
    }

    /// Tonnes from a tonne on, kilograms below, exactly.
    public static String amount(Co2e quantity) {
        boolean small = quantity.grams() < Co2e.ofTonnes(1).grams();
        return small ? kilograms(quantity) + " kg" : tonnes(quantity) + " t";
    }

    /// With three decimals at the least, and as many as it takes to be exact: `2.000`.
    public static String tonnes(Co2e quantity) {
        var exact = quantity.tonnes().stripTrailingZeros();
        return exact.setScale(Math.max(LEAST_PLACES, exact.scale())).toPlainString();
    }

    /// Exactly: `0.5`, `2000`.
    public static String kilograms(Co2e quantity) {
        var exact = BigDecimal.valueOf(quantity.grams(), LEAST_PLACES).stripTrailingZeros();
        return exact.setScale(Math.max(0, exact.scale())).toPlainString();
    }

    /// What the tier says of the evidence.
    public static String evidence(AssuranceTier tier) {
        return switch (tier) {
            case T0 -> "evidence T0: self-declared";
            case T1 -> "evidence T1: an authenticated feed, or matched with a supplier's bill";
            case T2 -> "evidence T2: readings signed by the meter's own key";
            case T3 ->
                    "evidence T3: readings signed by the meter's own key, attested, and seen by a"
                            + " verifier on site";
        };
    }

    /// Who stands for the reduction.
    public static String verified(VerifiedBy by) {
        return switch (by) {
            case VerifiedBy.Verifier(var organisation) ->
                    "verified by the independent organisation " + organisation;
            case VerifiedBy.Machine _ -> "machine-checked, not verified by a third party";
        };
    }

    /// Whether somebody's own words say what no evidence of native units supports.
    public static boolean overstates(String words) {
        var lower = words.toLowerCase(Locale.ROOT);
        return NEVER_SAID.stream().anyMatch(lower::contains);
    }
}
