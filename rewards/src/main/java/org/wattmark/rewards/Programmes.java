package org.wattmark.rewards;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.units.Money;

/// Reward programmes with the versions of their terms, the tariffs that rewards follow, and the
/// pools that pay them.
///
/// A pool holds a micro-unit for each millionth of the money that was put aside, and nothing else
/// makes micro-units: all that can ever be earned is what was funded.
public final class Programmes implements Machine {

    private final Staging staging;
    private final Ledger ledger;
    private final StagedMap<UUID, RunningProgramme> programmes;
    private final StagedMap<Terms.Key, Terms> terms;
    private final StagedMap<Tariff.Key, Tariff> tariffs;

    public Programmes(Staging staging, Ledger ledger) {
        this.staging = staging;
        this.ledger = ledger;
        this.programmes = staging.map("reward_programme");
        this.terms = staging.map("reward_terms");
        this.tariffs = staging.map("reward_tariff");
        staging.add(this);
    }

    public Optional<Programme> programme(UUID id) {
        return running(id).map(RunningProgramme::programme);
    }

    Optional<RunningProgramme> running(UUID id) {
        return Optional.ofNullable(programmes.get(id));
    }

    List<Programme> payingIn(Currency currency) {
        return programmes.values().stream()
                .map(RunningProgramme::programme)
                .filter(programme -> programme.currency().equals(currency))
                .toList();
    }

    /// The terms by which a programme pays for a civil day; empty before its genesis.
    public Optional<Terms> terms(UUID programme, LocalDate day) {
        var running = programmes.get(programme);
        if (running == null || day.isBefore(running.programme().genesis())) {
            return Optional.empty();
        }
        for (int version = running.versions(); version > 0; version--) {
            var each = known(programme, version);
            if (!each.from().isAfter(day)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// What electricity costs in the programme's region on a civil day; empty if nobody has said.
    public Optional<Tariff> tariff(Programme programme, LocalDate day) {
        return tariffs.values().stream()
                .filter(tariff -> tariff.region().equals(programme.region()))
                .filter(tariff -> tariff.currency().equals(programme.currency()))
                .filter(tariff -> !tariff.from().isAfter(day))
                .max(Comparator.comparing(Tariff::from));
    }

    /// What of a pool can still be earned, in micro-units.
    public long pool(Programme programme) {
        return ledger.balance(programme.pool().id(), programme.asset());
    }

    /// Takes money of a holder's own into a pool.
    public Funding fund(FundPool command) {
        var programme = programme(command.programme()).orElse(null);
        if (programme == null) {
            return new Funding.Refused(Funding.Reason.PROGRAMME_UNKNOWN);
        }
        if (!command.money().currency().equals(programme.currency())) {
            return new Funding.Refused(Funding.Reason.CURRENCY_DIFFERS);
        }
        return switch (post(command.id(), command.funder(), programme, command.money())) {
            case Posting.Posted _ -> {
                var receipt =
                        recordFunded(command.id(), programme, command.funder(), command.money());
                yield new Funding.Funded(
                        MicroMoney.of(command.money()),
                        new MicroMoney(pool(programme), programme.currency()),
                        receipt);
            }
            case Posting.Rejected(var _, var reason) -> new Funding.Refused(inOurTerms(reason));
        };
    }

    private static Funding.Reason inOurTerms(Posting.Reason reason) {
        return switch (reason) {
            case DEBIT_ACCOUNT_UNKNOWN, DEBIT_ACCOUNT_CLOSED -> Funding.Reason.FUNDER_UNKNOWN;
            case TEST_AND_LIVE_DO_NOT_MIX -> Funding.Reason.TEST_AND_LIVE_DO_NOT_MIX;
            case EXCEEDS_BALANCE -> Funding.Reason.NOT_ENOUGH_MONEY;
            case BALANCE_WOULD_OVERFLOW -> Funding.Reason.TOO_MUCH_MONEY;
            case DEBIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_CLOSED, ASSET_FROZEN ->
                    Funding.Reason.STANDS_STILL;
            default -> throw new IllegalStateException("a funding is not " + reason);
        };
    }

    /// Money into the fund and as many micro-units into the pool: both, or neither.
    Posting post(UUID command, AccountId funder, Programme programme, Money money) {
        return ledger.post(
                List.of(
                        Transfer.numbered(
                                command,
                                0,
                                funder,
                                programme.fund().id(),
                                programme.money(),
                                money.minorUnits()),
                        Transfer.numbered(
                                command,
                                1,
                                programme.source().id(),
                                programme.pool().id(),
                                programme.asset(),
                                MicroMoney.of(money).microUnits())));
    }

    Receipt recordFunded(UUID command, Programme programme, AccountId funder, Money money) {
        return staging.record(new PoolFunded(command, programme.id(), funder, money)).receipt();
    }

    void begin(Programme programme, Terms first) {
        ledger.open(programme.source());
        ledger.open(programme.pool());
        ledger.open(programme.paid());
        ledger.open(programme.fund());
        ledger.open(programme.stakeIncome());
        staging.record(new ProgrammeBegun(programme, first));
    }

    void set(Tariff tariff) {
        staging.record(new TariffSet(tariff));
    }

    /// What speaks against other terms; null if nothing does.
    ProposalStep.@Nullable Reason whyNot(RunningProgramme running, Terms next) {
        var programme = running.programme();
        // Somewhere on Earth tomorrow in UTC may have begun already, and never the day after.
        var ahead = LocalDate.ofInstant(staging.now(), ZoneOffset.UTC).plusDays(2);
        var last = known(programme.id(), running.versions());
        if (next.from().isBefore(ahead) || !next.from().isAfter(last.from())) {
            return ProposalStep.Reason.TERMS_NOT_AHEAD;
        }
        return next.payoutThresholdMicros()
                        < MicroMoney.microUnitsPerMinorUnit(programme.currency())
                ? ProposalStep.Reason.THRESHOLD_BELOW_ONE_MINOR_UNIT
                : null;
    }

    void change(Programme programme, Terms next) {
        staging.record(new TermsChanged(programme.id(), next));
    }

    private Terms known(UUID programme, int version) {
        var found = terms.get(new Terms.Key(programme, version));
        if (found == null) {
            throw new IllegalStateException("no version " + version + " of " + programme);
        }
        return found;
    }

    private RunningProgramme known(UUID id) {
        return running(id).orElseThrow(() -> new IllegalStateException("no such programme: " + id));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case TariffSet(var tariff) -> tariffs.put(tariff.key(), tariff);
            case ProgrammeBegun(var programme, var first) -> {
                if (programmes.containsKey(programme.id())) {
                    throw new IllegalStateException("begins twice: " + programme.id());
                }
                programmes.put(programme.id(), new RunningProgramme(programme, 1, 0));
                terms.put(new Terms.Key(programme.id(), 1), first);
            }
            case TermsChanged(var id, var next) -> {
                var running = known(id).withNextTerms();
                programmes.put(id, running);
                terms.put(new Terms.Key(id, running.versions()), next);
            }
            case DeviceEnrolled(var enrolment) -> {
                var running = known(enrolment.programme()).withNextDevice();
                if (running.devices() != enrolment.rank()) {
                    throw new IllegalStateException(
                            "the next device has rank " + running.devices() + ": " + enrolment);
                }
                programmes.put(enrolment.programme(), running);
            }
            default -> {}
        }
    }
}
