package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Eligibility.Gap.CORSIA_FIRST_CREDITING_START_MISSING;
import static org.wattmark.registry.Eligibility.Gap.CORSIA_PROGRAMME_NOT_APPROVED;
import static org.wattmark.registry.Eligibility.Gap.CORSIA_VINTAGE_OUTSIDE;
import static org.wattmark.registry.Eligibility.Gap.ICVCM_PROGRAMME_NOT_ASSESSED;

import java.time.LocalDate;
import java.time.Year;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.registry.Eligibility.CorrespondingAdjustment;
import org.wattmark.registry.Eligibility.Gap;

class EligibilityTest {

    private static final Optional<Year> VINTAGE_2025 = Optional.of(Year.of(2025));

    @Test
    void whoHasShownNothingLacksEverythingButTheVintage() {
        var gaps = Eligibility.nothingOf(Given.id(11)).gaps(VINTAGE_2025);

        assertThat(gaps).doesNotContain(CORSIA_VINTAGE_OUTSIDE).hasSize(Gap.values().length - 1);
    }

    @Test
    void whoHasShownEverythingStillLacksWhatOnlyTheProgrammesGive() {
        var all = shown(LocalDate.of(2016, 1, 1));

        assertThat(all.gaps(VINTAGE_2025))
                .containsExactly(CORSIA_PROGRAMME_NOT_APPROVED, ICVCM_PROGRAMME_NOT_ASSESSED);
        assertThat(all.gaps(Optional.of(Year.of(2020)))).contains(CORSIA_VINTAGE_OUTSIDE);
        assertThat(all.gaps(Optional.of(Year.of(2027)))).contains(CORSIA_VINTAGE_OUTSIDE);
        assertThat(shown(LocalDate.of(2015, 12, 31)).gaps(VINTAGE_2025))
                .contains(CORSIA_FIRST_CREDITING_START_MISSING);
    }

    private static Eligibility shown(LocalDate start) {
        return new Eligibility(
                Given.id(11),
                Optional.of("GB-LOA-17"),
                CorrespondingAdjustment.COMPLETED,
                Optional.of(start),
                Optional.of("Household solar"));
    }
}
