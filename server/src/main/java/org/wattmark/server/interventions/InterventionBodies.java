package org.wattmark.server.interventions;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.AccountId;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.Eligibility;
import org.wattmark.registry.FeeSchedule;
import org.wattmark.registry.Grounds;
import org.wattmark.registry.Intervention;
import org.wattmark.registry.InterventionCase;
import org.wattmark.server.market.MoneyBody;
import org.wattmark.server.registry.Refusals;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;

/// Interventions as clients write and read them: which fields there are follows from the kind.
final class InterventionBodies {

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private InterventionBodies() {}

    /// @param grams 1 to 2^63 − 1
    record GramsBody(BigInteger grams) {

        Co2e at(String pointer) {
            return new Co2e(number(pointer + "/grams", grams, BigInteger.ONE));
        }
    }

    /// Words that everybody may read.
    static String reason(String text) {
        if (text.isBlank() || text.length() > Grounds.MAX_REASON) {
            throw Refusals.invalid(
                    "/reason", "is a text of 1 to " + Grounds.MAX_REASON + " characters");
        }
        return text;
    }

    private static long number(String pointer, BigInteger value, BigInteger least) {
        if (value.compareTo(least) < 0 || value.compareTo(LARGEST) > 0) {
            throw Refusals.invalid(pointer, "lies between " + least + " and " + LARGEST);
        }
        return value.longValueExact();
    }

    /// @param appliesFrom if it is past, from the approval on; that also if absent
    /// @param currency ISO 4217 code
    /// @param issuanceMinorUnits for each tonne; 0 is no fee
    /// @param retirementMinorUnits for each tonne; 0 is no fee
    record FeesBody(
            @Nullable Instant appliesFrom,
            String currency,
            BigInteger issuanceMinorUnits,
            BigInteger retirementMinorUnits) {

        FeeSchedule toSchedule() {
            var known = MoneyBody.currency("/fees/currency", currency);
            return new FeeSchedule(
                    from(),
                    price(issuanceMinorUnits, "/fees/issuance_minor_units", known),
                    price(retirementMinorUnits, "/fees/retirement_minor_units", known));
        }

        /// To the microsecond, as the journal and the database keep it.
        private Instant from() {
            if (appliesFrom == null) {
                return Instant.EPOCH;
            }
            if (appliesFrom.isBefore(Instant.EPOCH) || appliesFrom.isAfter(LATEST)) {
                throw Refusals.invalid("/fees/applies_from", "lies between 1970 and 9999");
            }
            return appliesFrom.truncatedTo(ChronoUnit.MICROS);
        }

        private static Price price(BigInteger value, String pointer, Currency currency) {
            return new Price(new Money(number(pointer, value, BigInteger.ZERO), currency));
        }
    }

    /// @param letterOfAuthorisation the host country's, by its own id; at most 200 characters
    /// @param firstCreditingStart the first day of the first crediting period
    /// @param ccpCategory in which the Integrity Council has assessed the methodology
    record EligibilityBody(
            UUID project,
            @Nullable String letterOfAuthorisation,
            Eligibility.@Nullable CorrespondingAdjustment correspondingAdjustment,
            @Nullable LocalDate firstCreditingStart,
            @Nullable String ccpCategory) {

        Eligibility toEligibility() {
            if (firstCreditingStart != null
                    && (firstCreditingStart.getYear() < 1990
                            || firstCreditingStart.getYear() > 2199)) {
                throw Refusals.invalid(
                        "/eligibility/first_crediting_start", "lies between 1990 and 2199");
            }
            try {
                return new Eligibility(
                        project,
                        Optional.ofNullable(letterOfAuthorisation),
                        correspondingAdjustment == null
                                ? Eligibility.CorrespondingAdjustment.NOT_STARTED
                                : correspondingAdjustment,
                        Optional.ofNullable(firstCreditingStart),
                        Optional.ofNullable(ccpCategory));
            } catch (IllegalArgumentException e) {
                throw Refusals.invalid(
                        "/eligibility",
                        "has texts of 1 to " + Eligibility.MAX_TEXT + " characters");
            }
        }
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param block of CANCEL_UNITS, SUSPEND_BLOCK, RESUME_BLOCK, RECALL_BLOCK, REVERSE_REDUCTION
    /// @param account of SUSPEND_ACCOUNT and RESUME_ACCOUNT; of CANCEL_UNITS whose units
    /// @param quantity of CANCEL_UNITS, and of REVERSE_REDUCTION what was lost
    /// @param fees of CHANGE_FEES
    /// @param eligibility of RECORD_ELIGIBILITY
    /// @param reason for everybody to read, 1 to 500 characters; it names no person
    /// @param evidenceSha256 of the file that proves it, which you keep: 64 hexadecimal digits
    record InterventionBody(
            @Nullable UUID id,
            Intervention.Kind kind,
            @Nullable UUID block,
            @Nullable String account,
            @Nullable GramsBody quantity,
            @Nullable FeesBody fees,
            @Nullable EligibilityBody eligibility,
            String reason,
            String evidenceSha256) {

        Intervention intervention() {
            return switch (kind) {
                case CANCEL_UNITS ->
                        new Intervention.CancelUnits(accountId(), needed("/block", block), grams());
                case SUSPEND_BLOCK -> new Intervention.SuspendBlock(needed("/block", block));
                case RESUME_BLOCK -> new Intervention.ResumeBlock(needed("/block", block));
                case SUSPEND_ACCOUNT -> new Intervention.SuspendAccount(accountId());
                case RESUME_ACCOUNT -> new Intervention.ResumeAccount(accountId());
                case RECALL_BLOCK -> new Intervention.RecallBlock(needed("/block", block));
                case REVERSE_REDUCTION ->
                        new Intervention.ReverseReduction(needed("/block", block), grams());
                case CHANGE_FEES -> new Intervention.ChangeFees(needed("/fees", fees).toSchedule());
                case RECORD_ELIGIBILITY ->
                        new Intervention.RecordEligibility(
                                needed("/eligibility", eligibility).toEligibility());
            };
        }

        private AccountId accountId() {
            try {
                return new AccountId(needed("/account", account));
            } catch (IllegalArgumentException e) {
                throw Refusals.invalid("/account", "is no account's id");
            }
        }

        private Co2e grams() {
            return needed("/quantity", quantity).at("/quantity");
        }

        private <T> T needed(String pointer, @Nullable T value) {
            if (value == null) {
                throw Refusals.invalid(pointer, "is needed for " + kind);
            }
            return value;
        }

        Grounds grounds() {
            try {
                return new Grounds(reason, evidence());
            } catch (IllegalArgumentException e) {
                throw Refusals.invalid(
                        "/reason", "is a text of 1 to " + Grounds.MAX_REASON + " characters");
            }
        }

        private Sha256 evidence() {
            if (!evidenceSha256.matches("[0-9a-f]{64}")) {
                throw Refusals.invalid(
                        "/evidence_sha256", "is a SHA-256: 64 of the digits 0-9 and a-f");
            }
            return new Sha256(evidenceSha256);
        }
    }

    /// What an intervention is about; only what belongs to its kind is there.
    record Subject(
            @Nullable UUID project,
            @Nullable UUID block,
            @Nullable String account,
            @Nullable Co2e quantity,
            @Nullable FeeView fees) {

        static Subject of(Intervention intervention) {
            return switch (intervention) {
                case Intervention.CancelUnits(var holder, var block, var quantity) ->
                        new Subject(null, block, holder.value(), quantity, null);
                case Intervention.SuspendBlock(var block) ->
                        new Subject(null, block, null, null, null);
                case Intervention.ResumeBlock(var block) ->
                        new Subject(null, block, null, null, null);
                case Intervention.SuspendAccount(var account) ->
                        new Subject(null, null, account.value(), null, null);
                case Intervention.ResumeAccount(var account) ->
                        new Subject(null, null, account.value(), null, null);
                case Intervention.RecallBlock(var block) ->
                        new Subject(null, block, null, null, null);
                case Intervention.ReverseReduction(var block, var lost) ->
                        new Subject(null, block, null, lost, null);
                case Intervention.ChangeFees(var schedule) ->
                        new Subject(null, null, null, null, FeeView.of(schedule));
                case Intervention.RecordEligibility(var eligibility) ->
                        new Subject(eligibility.project(), null, null, null, null);
            };
        }
    }

    /// @param issuance for each tonne that is issued
    /// @param retirement for each tonne that is retired
    record FeeView(Instant appliesFrom, Money issuance, Money retirement) {

        static FeeView of(FeeSchedule schedule) {
            return new FeeView(
                    schedule.from(),
                    schedule.issuance().perTonne(),
                    schedule.retirement().perTonne());
        }
    }

    /// For operators.
    record InterventionView(
            UUID id,
            Intervention.Kind kind,
            Subject subject,
            String reason,
            String evidenceSha256,
            InterventionCase.State state,
            UUID proposedBy,
            @Nullable UUID decidedBy) {

        static InterventionView of(InterventionCase it) {
            return new InterventionView(
                    it.id(),
                    it.intervention().kind(),
                    Subject.of(it.intervention()),
                    it.grounds().reason(),
                    it.grounds().evidence().hex(),
                    it.state(),
                    it.proposedBy(),
                    orNull(it.decidedBy()));
        }

        private static @Nullable UUID orNull(Optional<UUID> id) {
            return id.orElse(null);
        }
    }

    /// For everybody.
    record MadeView(
            UUID id,
            Intervention.Kind kind,
            Subject subject,
            String reason,
            String evidenceSha256) {

        static MadeView of(InterventionCase it) {
            return new MadeView(
                    it.id(),
                    it.intervention().kind(),
                    Subject.of(it.intervention()),
                    it.grounds().reason(),
                    it.grounds().evidence().hex());
        }
    }
}
