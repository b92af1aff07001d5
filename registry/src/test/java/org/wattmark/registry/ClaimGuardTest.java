package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.AccountId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.ClaimGuard.Market;
import org.wattmark.registry.ClaimGuard.Purpose;
import org.wattmark.registry.ClaimGuard.Standing;
import org.wattmark.registry.ClaimGuard.Wording;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// What the guard lets people say, over every combination of evidence, place and purpose.
class ClaimGuardTest {

    private static final VerifiedBy VERIFIER = new VerifiedBy.Verifier(new UUID(5, 5));
    private static final VerifiedBy MACHINE = new VerifiedBy.Machine("auto", 1);

    /// One combination of all that the sentence depends on.
    record Case(
            UnitClass unitClass,
            AssuranceTier tier,
            VerifiedBy verifiedBy,
            Standing standing,
            Market market,
            Purpose purpose) {

        RetirementStatement statement() {
            return ClaimGuardTest.statement(unitClass, tier, verifiedBy, 2_000_000);
        }

        Wording wording() {
            return ClaimGuard.of(statement(), standing, market, purpose);
        }

        boolean isSound() {
            return unitClass == UnitClass.LIVE
                    && standing == Standing.VALID
                    && tier != AssuranceTier.T0;
        }
    }

    private static RetirementStatement statement(
            UnitClass unitClass, AssuranceTier tier, VerifiedBy verifiedBy, long grams) {
        return new RetirementStatement(
                new UUID(1, 1),
                new UUID(2, 0xabcdef0123456789L),
                new SerialRange(1, grams),
                unitClass,
                Year.of(2026),
                new UUID(3, 0x8000_0242_ac12_0002L),
                "GBR",
                new MethodologyId("solar-displacement", 1),
                new ClaimId(new UUID(4, 4)),
                verifiedBy,
                tier,
                AccountId.holder(new UUID(6, 6)),
                Instant.parse("2026-11-22T10:00:00Z"),
                "A bakery",
                "to be carbon neutral and net zero");
    }

    static Stream<Case> everyCase() {
        var cases = new ArrayList<Case>();
        for (var unitClass : UnitClass.values()) {
            for (var tier : AssuranceTier.values()) {
                for (var by : List.of(VERIFIER, MACHINE)) {
                    for (var standing : Standing.values()) {
                        for (var market : Market.values()) {
                            for (var purpose : Purpose.values()) {
                                cases.add(new Case(unitClass, tier, by, standing, market, purpose));
                            }
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    @Test
    void neverSaysWhatNoEvidenceSupports() {
        assertThat(ClaimGuard.NEVER_SAID)
                .contains("neutral", "offset", "corsia", "gold standard", "removed", "net zero");

        everyCase()
                .forEach(any -> {
                    var wording = any.wording();

                    var all = wording.sentence() + " " + String.join(" ", wording.conditions());
                    assertThat(ClaimGuard.NEVER_SAID)
                            .as("%s: %s", any, all)
                            .noneMatch(all.toLowerCase(Locale.ROOT)::contains);
                });
    }

    @Test
    void supportsASentenceOnSoundEvidenceOnlyAndNeverForAProductOrADuty() {
        everyCase()
                .forEach(any -> {
                    var wording = any.wording();

                    boolean may =
                            any.isSound()
                                    && (any.purpose() == Purpose.STATEMENT
                                            || any.purpose() == Purpose.REPORT);
                    assertThat(wording.supported()).isEqualTo(may);
                    assertThat(wording.sentence()).isNotBlank();
                    if (any.purpose() == Purpose.PRODUCT && any.isSound()) {
                        assertThat(wording.conditions()).containsExactly(any.market().rule());
                    }
                });
    }

    @Test
    void eachSentenceSaysHowGoodTheEvidenceIsAndWhoVerified() {
        everyCase()
                .forEach(any -> {
                    var wording = any.wording();

                    if (wording.supported()) {
                        assertThat(wording.sentence())
                                .startsWith(
                                        "A bakery retired credits for 2.000 t of CO2e emissions ")
                                .contains("in 2026", "GBR", "solar-displacement/1")
                                .contains("evidence " + any.tier())
                                .contains(
                                        any.verifiedBy() instanceof VerifiedBy.Machine
                                                ? "machine-checked, not verified by a third party"
                                                : "verified by the independent organisation");
                        assertThat(wording.conditions()).contains(any.market().rule());
                    }
                });
    }

    @Test
    void knowsWhoseRulesApply() {
        assertThat(Stream.of("DE", "fr", "GR", "GB", "US", "NO", "CH", "IN").map(Market::of))
                .containsExactly(
                        Market.EU,
                        Market.EU,
                        Market.EU,
                        Market.UK,
                        Market.US,
                        Market.OTHER,
                        Market.OTHER,
                        Market.OTHER);
        assertThat(Market.EU.rule()).contains("2024/825");
    }

    /// The control: words of a holder that say too much are found.
    @Test
    void findsWordsThatSayTooMuch() {
        assertThat(ClaimGuard.overstates("Our Carbon-Neutral loaf")).isTrue();
        assertThat(ClaimGuard.overstates("offsetting the ovens of June")).isTrue();
        assertThat(ClaimGuard.overstates("Its ovens in June")).isFalse();
    }

    @Test
    void amountsAreExactInTonnesAndKilograms() {
        assertThat(ClaimGuard.tonnes(new Co2e(2_000_000))).isEqualTo("2.000");
        assertThat(ClaimGuard.tonnes(new Co2e(12_345_678))).isEqualTo("12.345678");
        assertThat(ClaimGuard.kilograms(new Co2e(2_000_000))).isEqualTo("2000");
        assertThat(ClaimGuard.kilograms(new Co2e(1))).isEqualTo("0.001");
        assertThat(ClaimGuard.amount(new Co2e(999_999))).isEqualTo("999.999 kg");
        assertThat(ClaimGuard.amount(new Co2e(1_000_000))).isEqualTo("1.000 t");
    }

    @Test
    void serialsNameCountryProjectBlockVintageAndRange() {
        var statement = statement(UnitClass.LIVE, AssuranceTier.T2, VERIFIER, 2_000_000);

        assertThat(Serials.of(statement))
                .isEqualTo("WM-GBR-0242ac120002.ef0123456789-2026-1-2000000");
    }
}
