package org.wattmark.registry;

import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Canonical;

/// What programmes outside ask for and a project has shown. It is recorded with its gaps, and says
/// of no unit that it is eligible: that a programme's own council decides.
///
/// @param letterOfAuthorisation the host country's, by the id that it has there: Article 6.2 of the
///   Paris Agreement
/// @param firstCreditingStart the first day of the first crediting period
/// @param ccpCategory in which the Integrity Council (ICVCM) has assessed the methodology
public record Eligibility(
        UUID project,
        Optional<String> letterOfAuthorisation,
        CorrespondingAdjustment correspondingAdjustment,
        Optional<LocalDate> firstCreditingStart,
        Optional<String> ccpCategory) {

    public static final int MAX_TEXT = 200;

    /// CORSIA's first criterion of dates: activities that started their first crediting period from
    /// 2016 on. ICAO, CORSIA Eligible Emissions Units, general eligibility parameters.
    static final LocalDate CORSIA_START = LocalDate.of(2016, 1, 1);

    /// Vintages of CORSIA's first phase (compliance 2024 to 2026), by the same document.
    static final Year CORSIA_FIRST_VINTAGE = Year.of(2021);

    static final Year CORSIA_LAST_VINTAGE = Year.of(2026);

    /// Whether the host country counts the reduction no more itself.
    public enum CorrespondingAdjustment {
        NOT_STARTED,
        COMMITTED,
        COMPLETED
    }

    public enum Programme {
        CORSIA,
        ARTICLE_6,
        ICVCM
    }

    /// What is missing.
    public enum Gap {
        /// ICAO's council has not approved this registry's programme.
        CORSIA_PROGRAMME_NOT_APPROVED(Programme.CORSIA),
        CORSIA_LETTER_OF_AUTHORISATION_MISSING(Programme.CORSIA),
        CORSIA_CORRESPONDING_ADJUSTMENT_MISSING(Programme.CORSIA),
        /// Or it lies before 2016.
        CORSIA_FIRST_CREDITING_START_MISSING(Programme.CORSIA),
        /// It lies outside of 2021 to 2026.
        CORSIA_VINTAGE_OUTSIDE(Programme.CORSIA),
        ARTICLE_6_LETTER_OF_AUTHORISATION_MISSING(Programme.ARTICLE_6),
        ARTICLE_6_CORRESPONDING_ADJUSTMENT_MISSING(Programme.ARTICLE_6),
        /// The Integrity Council has not assessed this registry's programme.
        ICVCM_PROGRAMME_NOT_ASSESSED(Programme.ICVCM),
        ICVCM_CATEGORY_NOT_ASSESSED(Programme.ICVCM);

        private final Programme programme;

        Gap(Programme programme) {
            this.programme = programme;
        }

        public Programme programme() {
            return programme;
        }
    }

    public Eligibility {
        requireWords(letterOfAuthorisation);
        requireWords(ccpCategory);
    }

    private static void requireWords(Optional<String> text) {
        text.ifPresent(words -> {
            PublicWords.require(words);
            if (words.length() > MAX_TEXT) {
                throw new IllegalArgumentException("has at most " + MAX_TEXT + " characters");
            }
        });
    }

    /// Of a project that has shown nothing.
    public static Eligibility nothingOf(UUID project) {
        return new Eligibility(
                project,
                Optional.empty(),
                CorrespondingAdjustment.NOT_STARTED,
                Optional.empty(),
                Optional.empty());
    }

    /// What is missing, as far as is known: that nothing of it is missing makes nothing eligible.
    ///
    /// @param vintage of a block; empty where the whole project is asked for
    public List<Gap> gaps(Optional<Year> vintage) {
        var gaps = new ArrayList<Gap>();
        gaps.add(Gap.CORSIA_PROGRAMME_NOT_APPROVED);
        boolean letter = letterOfAuthorisation.isPresent();
        boolean adjusted = correspondingAdjustment == CorrespondingAdjustment.COMPLETED;
        addIf(!letter, Gap.CORSIA_LETTER_OF_AUTHORISATION_MISSING, gaps);
        addIf(!adjusted, Gap.CORSIA_CORRESPONDING_ADJUSTMENT_MISSING, gaps);
        addIf(
                firstCreditingStart.isEmpty() || firstCreditingStart.get().isBefore(CORSIA_START),
                Gap.CORSIA_FIRST_CREDITING_START_MISSING,
                gaps);
        addIf(
                vintage.isPresent()
                        && (vintage.get().isBefore(CORSIA_FIRST_VINTAGE)
                                || vintage.get().isAfter(CORSIA_LAST_VINTAGE)),
                Gap.CORSIA_VINTAGE_OUTSIDE,
                gaps);
        addIf(!letter, Gap.ARTICLE_6_LETTER_OF_AUTHORISATION_MISSING, gaps);
        addIf(!adjusted, Gap.ARTICLE_6_CORRESPONDING_ADJUSTMENT_MISSING, gaps);
        gaps.add(Gap.ICVCM_PROGRAMME_NOT_ASSESSED);
        addIf(ccpCategory.isEmpty(), Gap.ICVCM_CATEGORY_NOT_ASSESSED, gaps);
        return List.copyOf(gaps);
    }

    private static void addIf(boolean missing, Gap gap, List<Gap> gaps) {
        if (missing) {
            gaps.add(gap);
        }
    }

    Canonical writeTo(Canonical canonical) {
        return canonical
                .id(project)
                .text(letterOfAuthorisation.orElse(""))
                .text(correspondingAdjustment.name())
                .text(firstCreditingStart.map(LocalDate::toString).orElse(""))
                .text(ccpCategory.orElse(""));
    }

    static Eligibility read(Canonical.Reader reader) throws Canonical.Malformed {
        return new Eligibility(
                reader.id(),
                present(reader.text()),
                CorrespondingAdjustment.valueOf(reader.text()),
                present(reader.text()).map(LocalDate::parse),
                present(reader.text()));
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
