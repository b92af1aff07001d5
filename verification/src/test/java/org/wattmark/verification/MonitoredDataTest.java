package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Canonical;
import org.wattmark.units.Share;
import org.wattmark.verification.Recomputation.Differs;
import org.wattmark.verification.Recomputation.Same;

/// What holds for the data of every methodology.
class MonitoredDataTest {

    static List<MonitoredData> everyKind() {
        return ReportsOfEveryKind.all();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void dataAreReadBackAsTheyWereReported(MonitoredData data) throws Canonical.Malformed {
        var read = MonitoredData.of(data.content());

        assertThat(read).isEqualTo(data);
        assertThat(read.content()).isEqualTo(data.content());
        assertThat(read.subjects()).isEqualTo(data.subjects()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void bytesThatAreCutOrLengthenedAreMalformed(MonitoredData data) {
        var content = data.content();
        int step = Math.max(1, content.length / 200);

        for (int length = 0; length < content.length; length += step) {
            var cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> MonitoredData.of(cut)).isInstanceOf(Canonical.Malformed.class);
        }
        assertThatThrownBy(() -> MonitoredData.of(Arrays.copyOf(content, content.length + 1)))
                .isInstanceOf(Canonical.Malformed.class);
    }

    /// A flipped bit is malformed or other data, and never the same data in other bytes.
    @ParameterizedTest
    @MethodSource("everyKind")
    void aFlippedBitIsNeverTheSameData(MonitoredData data) {
        var content = data.content();
        int step = Math.max(1, content.length / 300);

        for (int at = 0; at < content.length; at += step) {
            var other = content.clone();
            other[at] ^= (byte) (1 << (at % 8));
            try {
                assertThat(MonitoredData.of(other).content()).isEqualTo(other);
            } catch (Canonical.Malformed expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aStatementIsComputedAgainToTheSameGram(MonitoredData data) throws Canonical.Malformed {
        var quantified = Reports.quantify(data);
        var stated = quantified.reduction().orElseThrow();

        var again = again(stated, quantified, MonitoredData.of(data.content()));

        assertThat(again).isEqualTo(new Same(stated));
        assertThat(quantified.steps()).isNotEmpty();
        assertThat(quantified.net().isZero()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    @ResourceLock(Resources.LOCALE)
    @ResourceLock(Resources.TIME_ZONE)
    void neitherLocaleNorTimeZoneChangesAFigureOrAByte(MonitoredData data)
            throws Canonical.Malformed {
        var quantified = Reports.quantify(data);
        var content = data.content();
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            for (var tag : List.of("tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva")) {
                for (var id : List.of("Pacific/Kiritimati", "America/St_Johns")) {
                    Locale.setDefault(Locale.forLanguageTag(tag));
                    TimeZone.setDefault(TimeZone.getTimeZone(id));
                    var read = MonitoredData.of(content);
                    assertThat(read.content()).isEqualTo(content);
                    assertThat(Reports.quantify(read)).isEqualTo(quantified);
                }
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aStatementWithAForgedFactorDiffers() {
        var quantified = Reports.quantify(Reports.workedLamps());
        var used = quantified.factors().getFirst();
        var forged =
                new CitedFactor(
                        used.role(),
                        used.library(),
                        used.id(),
                        Reports.number("438"),
                        used.unit(),
                        used.source());

        var again =
                ReportedRecomputation.of(
                        quantified.reduction().orElseThrow(),
                        List.of(forged),
                        Reports.workedLamps(),
                        Given.YEAR_2025,
                        Given.LONDON,
                        Reports.FACTORS);

        assertThat(again).isInstanceOf(Differs.class);
        assertThat(((Differs) again).differences())
                .extracting(Recomputation.Difference::what)
                .containsExactly("factor grid");
    }

    /// The default may change with the table; what a statement names does not.
    @Test
    void whatIsCitedIsTakenWhateverTheDefaultIsByNow() {
        var byDefault =
                new DeemedInstallations(
                        Reports.lampsReported(),
                        List.of(Reports.lamps()),
                        Share.NONE,
                        Optional.empty());
        var margin = Reports.quantify(Reports.workedLamps()).factors();
        var stated =
                new DeemedSavings()
                        .quantify(
                                byDefault,
                                Given.YEAR_2025,
                                Given.LONDON,
                                Reports.NOTHING_CARRIED,
                                Reports.FACTORS.asCited(margin));

        var again = again(stated.reduction().orElseThrow(), stated, byDefault);

        assertThat(stated.factors()).isEqualTo(margin);
        assertThat(again).isInstanceOf(Same.class);
        assertThat(stated.net()).isNotEqualTo(Reports.quantify(byDefault).net());
    }

    @Test
    void aStatementOnOtherDataDiffers() {
        var stated = Reports.quantify(Reports.workedLamps());
        var other =
                Reports.lampsOf(
                        Reports.lampsReported(),
                        new DeemedInstallations.Lamps(
                                "LED tubes",
                                121,
                                Reports.number("90"),
                                Reports.number("40"),
                                Optional.empty(),
                                DeemedInstallations.RunTime.logged("2600")));

        var again = again(stated.reduction().orElseThrow(), stated, other);

        assertThat(((Differs) again).differences())
                .extracting(Recomputation.Difference::what)
                .contains("2025 net");
    }

    @Test
    void everyMethodologyIsFoundByItsIdAndNeverTakesBareClaims() {
        for (var methodology : Methodologies.all()) {
            assertThat(Methodologies.of(methodology.id())).contains(methodology);
            assertThat(methodology.minimumTier()).isGreaterThanOrEqualTo(AssuranceTier.T1);
            assertThat(methodology.positiveLists()).isNotEmpty();
        }
        assertThat(Methodologies.of(SolarDisplacement.ID)).isEmpty();
    }

    @Test
    void aSlipOfThePenIsRefusedAndBreaksNothing() {
        var petawatts =
                new DeemedInstallations.Lamps(
                        "suns",
                        1_000_000,
                        Reports.number("999999999999999"),
                        Reports.number("1"),
                        Optional.empty(),
                        DeemedInstallations.RunTime.logged("8000"));

        var quantified = Reports.quantify(Reports.lampsOf(Reports.lampsReported(), petawatts));

        assertThat(quantified.reduction()).isEmpty();
        assertThat(quantified.worst()).isEqualTo(Outcome.REJECT);
    }

    /// Written out, this number would fill the memory.
    @Test
    void aShortTextOfALongNumberIsNotTaken() {
        assertThatThrownBy(() -> DeemedInstallations.RunTime.logged("1E+999999999"))
                .hasMessageContaining("digits");
        assertThatThrownBy(() -> DeemedInstallations.RunTime.logged("1E-13"))
                .hasMessageContaining("behind the point");
    }

    @Test
    void dataOfAnUnknownMethodologyAreMalformed() {
        var content =
                Canonical.of(MonitoredData.DOMAIN).text("perpetual-motion").number(1).toByteArray();

        assertThatThrownBy(() -> MonitoredData.of(content)).isInstanceOf(Canonical.Malformed.class);
    }

    private static Recomputation again(
            Reduction stated, Quantification quantified, MonitoredData data) {
        return ReportedRecomputation.of(
                stated, quantified.factors(), data, Given.YEAR_2025, Given.LONDON, Reports.FACTORS);
    }
}
