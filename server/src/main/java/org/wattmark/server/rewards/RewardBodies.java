package org.wattmark.server.rewards;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.rewards.Motion;
import org.wattmark.rewards.Programme;
import org.wattmark.rewards.Proposal;
import org.wattmark.rewards.RunningProgramme;
import org.wattmark.rewards.Tariff;
import org.wattmark.rewards.TariffRegion;
import org.wattmark.rewards.Terms;
import org.wattmark.server.market.MoneyBody;
import org.wattmark.server.registry.Refusals;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

/// Programmes, terms and tariffs as clients write and read them.
final class RewardBodies {

    private RewardBodies() {}

    /// Reads a value; what the domain has against it is a 400 that names the place.
    static <T> T at(String pointer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw Refusals.invalid(pointer, "cannot be taken: " + e.getMessage());
        }
    }

    /// @param region ISO 3166: `DE` or `US-AL`
    /// @param currency ISO 4217 code
    /// @param perKilowattHour in the currency's main unit, as text: `"0.3943"`
    /// @param from the first civil day on which it applies
    /// @param source the publication, edition and table
    record TariffBody(
            @Nullable UUID id,
            String region,
            String currency,
            String perKilowattHour,
            LocalDate from,
            String source) {

        Tariff toTariff(UUID chosen) {
            var where = at("/region", () -> new TariffRegion(region));
            var money = MoneyBody.currency("/currency", currency);
            var price = at("/per_kilowatt_hour", () -> new BigDecimal(perKilowattHour));
            return at("/", () -> new Tariff(chosen, where, money, price, from, source));
        }
    }

    record TariffView(
            UUID id,
            String region,
            Currency currency,
            String perKilowattHour,
            LocalDate from,
            String source) {

        static TariffView of(Tariff tariff) {
            return new TariffView(
                    tariff.id(),
                    tariff.region().code(),
                    tariff.currency(),
                    tariff.perKilowattHour().toPlainString(),
                    tariff.from(),
                    tariff.source());
        }
    }

    /// @param from a civil day
    /// @param dailyCapWattHours of each device
    /// @param baseBasisPoints 1,000 to 3,000: 10 % to 30 % of the regional price
    /// @param earlyDevices how many are early
    /// @param earlyBasisPoints 5,000 to 20,000: an early device's multiplier
    /// @param referenceDevice the rank whose scaling is 1
    record TermsBody(
            LocalDate from,
            long dailyCapWattHours,
            int baseBasisPoints,
            int earlyDevices,
            int earlyBasisPoints,
            int referenceDevice,
            long payoutThresholdMicroUnits,
            AssuranceTier lowestTier) {

        Terms toTerms() {
            return at(
                    "/terms",
                    () ->
                            new Terms(
                                    from,
                                    new Energy(dailyCapWattHours),
                                    new Share(baseBasisPoints),
                                    earlyDevices,
                                    earlyBasisPoints,
                                    referenceDevice,
                                    payoutThresholdMicroUnits,
                                    lowestTier));
        }

        static TermsBody of(Terms terms) {
            return new TermsBody(
                    terms.from(),
                    terms.dailyCap().wattHours(),
                    terms.base().basisPoints(),
                    terms.earlyDevices(),
                    terms.earlyBasisPoints(),
                    terms.referenceDevice(),
                    terms.payoutThresholdMicros(),
                    terms.lowestTier());
        }
    }

    /// @param test whether it only plays
    /// @param genesis the civil day from which halvings are counted
    /// @param halvingDays after so many days the base rate halves
    record ProgrammeBody(
            @Nullable UUID id,
            String name,
            String region,
            String currency,
            boolean test,
            LocalDate genesis,
            int halvingDays,
            TermsBody terms) {

        Motion toMotion(UUID chosen) {
            var where = at("/region", () -> new TariffRegion(region));
            var money = MoneyBody.currency("/currency", currency);
            return at(
                    "/",
                    () ->
                            new Motion.BeginProgramme(
                                    new Programme(
                                            chosen, name, where, money, test, genesis, halvingDays),
                                    terms.toTerms()));
        }
    }

    /// @param versions of its terms
    /// @param devices that have joined
    record ProgrammeView(
            UUID id,
            String name,
            String region,
            Currency currency,
            boolean test,
            LocalDate genesis,
            int halvingDays,
            int versions,
            long devices,
            String asset,
            String notice) {

        private static final String NOTICE =
                "A reward is a payment. It is no claim and no offset: the energy still backs one"
                        + " certificate, credit or sale.";

        static ProgrammeView of(RunningProgramme running) {
            var programme = running.programme();
            return new ProgrammeView(
                    programme.id(),
                    programme.name(),
                    programme.region().code(),
                    programme.currency(),
                    programme.test(),
                    programme.genesis(),
                    programme.halvingDays(),
                    running.versions(),
                    running.devices(),
                    programme.asset().code(),
                    NOTICE);
        }
    }

    /// What a proposal would do.
    enum MotionKind {
        SET_TARIFF,
        BEGIN_PROGRAMME,
        CHANGE_TERMS,
        FUND_FROM_FEES,
        SHARE_FEES
    }

    /// @param tariff of SET_TARIFF
    /// @param programme that it concerns, but for SET_TARIFF
    /// @param begins of BEGIN_PROGRAMME
    /// @param terms of BEGIN_PROGRAMME and CHANGE_TERMS
    /// @param amount of FUND_FROM_FEES and SHARE_FEES
    record ProposalView(
            UUID id,
            MotionKind kind,
            Proposal.State state,
            UUID proposedBy,
            @Nullable UUID decidedBy,
            @Nullable TariffView tariff,
            @Nullable UUID programme,
            @Nullable ProgrammeView begins,
            @Nullable TermsBody terms,
            @Nullable Money amount) {

        static ProposalView of(Proposal proposal) {
            return switch (proposal.motion()) {
                case Motion.SetTariff(var tariff) ->
                        of(
                                proposal,
                                MotionKind.SET_TARIFF,
                                TariffView.of(tariff),
                                null,
                                null,
                                null,
                                null);
                case Motion.BeginProgramme(var programme, var terms) ->
                        of(
                                proposal,
                                MotionKind.BEGIN_PROGRAMME,
                                null,
                                programme.id(),
                                ProgrammeView.of(new RunningProgramme(programme, 1, 0)),
                                TermsBody.of(terms),
                                null);
                case Motion.ChangeTerms(var programme, var terms) ->
                        of(
                                proposal,
                                MotionKind.CHANGE_TERMS,
                                null,
                                programme,
                                null,
                                TermsBody.of(terms),
                                null);
                case Motion.FundFromFees(var programme, var money) ->
                        of(proposal, MotionKind.FUND_FROM_FEES, null, programme, null, null, money);
                case Motion.ShareFees(var programme, var money) ->
                        of(proposal, MotionKind.SHARE_FEES, null, programme, null, null, money);
            };
        }

        private static ProposalView of(
                Proposal proposal,
                MotionKind kind,
                @Nullable TariffView tariff,
                @Nullable UUID programme,
                @Nullable ProgrammeView begins,
                @Nullable TermsBody terms,
                @Nullable Money amount) {
            return new ProposalView(
                    proposal.id(),
                    kind,
                    proposal.state(),
                    proposal.proposedBy(),
                    proposal.decidedBy().orElse(null),
                    tariff,
                    programme,
                    begins,
                    terms,
                    amount);
        }
    }
}
