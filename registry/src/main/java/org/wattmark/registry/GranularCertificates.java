package org.wattmark.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.Use;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.UnitClass;

/// Takes granular certificates through their life: wished for, issued, held, retired. They are of
/// the same attributes as credits: an hour that backs the one never backs the other.
public final class GranularCertificates implements Machine {

    private final Staging staging;
    private final Ledger ledger;
    private final Claims claims;
    private final StagedMap<UUID, GranularIssuance> issuances;
    private final StagedMap<UUID, GranularCertificate> certificates;

    public GranularCertificates(Staging staging, Ledger ledger, Claims claims) {
        this.staging = staging;
        this.ledger = ledger;
        this.claims = claims;
        this.issuances = staging.map("granular_issuance");
        this.certificates = staging.map("granular_certificate");
        staging.add(this);
    }

    /// A retirement, and where the journal has it: kept for proofs, not needed in memory.
    public record RetiredEntry(long sequence, GranularRetirement statement) {}

    /// Closes the hours that are whole and free, and reserves them.
    public GranularRequesting request(RequestGranular command) {
        var project = claims.project(command.project()).orElse(null);
        if (project == null) {
            return refused(GranularRequesting.Reason.PROJECT_UNKNOWN, command.project());
        }
        var reason = whyNot(command, project);
        if (reason != null) {
            return refused(reason, "");
        }
        if (command.whole().isEmpty()) {
            return refused(GranularRequesting.Reason.NO_WHOLE_HOUR, command.asked());
        }
        var free = free(command);
        if (free.isEmpty()) {
            return refused(GranularRequesting.Reason.ALREADY_CLAIMED, command.asked());
        }
        var issuance =
                new GranularIssuance(
                        command.id(),
                        project.id(),
                        command.device(),
                        free,
                        project.unitClass(),
                        command.tier(),
                        command.actor().person(),
                        GranularIssuance.State.REQUESTED);
        var receipt = staging.record(new GranularRequested(issuance)).receipt();
        return new GranularRequesting.Requested(issuance.id(), receipt);
    }

    private static GranularRequesting refused(GranularRequesting.Reason reason, Object about) {
        return new GranularRequesting.Refused(reason, about.toString());
    }

    private GranularRequesting.@Nullable Reason whyNot(RequestGranular command, Project project) {
        if (command.actor().role() != Actor.Role.PROPONENT) {
            return GranularRequesting.Reason.ROLE_MAY_NOT;
        }
        if (!project.proponent().equals(command.actor().organisation())) {
            return GranularRequesting.Reason.NOT_YOUR_PROJECT;
        }
        if (command.tier().compareTo(AssuranceTier.T1) < 0) {
            return GranularRequesting.Reason.TIER_TOO_LOW;
        }
        if (command.simulated() && project.unitClass() == UnitClass.LIVE) {
            return GranularRequesting.Reason.SIMULATED_IS_TEST;
        }
        if (command.asked().end().isAfter(staging.now())) {
            return GranularRequesting.Reason.PERIOD_NOT_OVER;
        }
        if (!moves(SystemAccounts.issuance(project.unitClass()).id())) {
            return GranularRequesting.Reason.ISSUANCE_SUSPENDED;
        }
        return moves(project.holder()) ? null : GranularRequesting.Reason.HOLDER_FROZEN;
    }

    /// Whether the account is open, or will be as soon as something comes.
    private boolean moves(AccountId account) {
        return ledger.account(account)
                .map(known -> known.standing() == Account.Standing.OPEN)
                .orElse(true);
    }

    private List<Period> free(RequestGranular command) {
        var taken = claims.on(command.series());
        var starts = new TreeSet<Instant>();
        for (var run : command.whole()) {
            for (var start : Hours.of(run)) {
                if (taken.inTheWayOf(Hours.at(start)).isEmpty()) {
                    starts.add(start);
                }
            }
        }
        return Hours.runs(starts);
    }

    /// Issues a certificate for each hour, or sets the hours free again.
    public GranularDecision decide(DecideGranular command) {
        var known = issuances.get(command.issuance());
        if (known == null) {
            return new GranularDecision.Denied(GranularDecision.Reason.ISSUANCE_UNKNOWN);
        }
        var project = claims.project(known.project()).orElseThrow();
        var reason = whyNot(command, known, project);
        if (reason != null) {
            return new GranularDecision.Denied(reason);
        }
        var state =
                command.approve() ? GranularIssuance.State.ISSUED : GranularIssuance.State.REJECTED;
        var receipt =
                staging.record(
                                new GranularDecided(
                                        known.id(), state, person(command), command.report()))
                        .receipt();
        if (!command.approve()) {
            return new GranularDecision.Rejected(known.id(), receipt);
        }
        var energy = Energy.ZERO;
        int count = 0;
        ledger.open(SystemAccounts.issuance(known.unitClass()));
        ledger.open(new Account(project.holder(), Account.Kind.HOLDER));
        for (var hour : inOrder(known, command.metered()).entrySet()) {
            issue(certificate(known, project, hour.getKey(), hour.getValue(), command), project);
            energy = energy.plus(hour.getValue());
            count++;
        }
        return new GranularDecision.Issued(known.id(), count, energy, receipt);
    }

    private static UUID person(DecideGranular command) {
        return command.actor().role() == Actor.Role.MACHINE
                ? GranularDecided.MACHINE
                : command.actor().person();
    }

    private GranularDecision.@Nullable Reason whyNot(
            DecideGranular command, GranularIssuance known, Project project) {
        var actor = command.actor();
        boolean machine = actor.role() == Actor.Role.MACHINE;
        boolean mayDecide =
                actor.role() == Actor.Role.OPERATOR
                        || (machine && (known.unitClass() == UnitClass.TEST || !command.approve()));
        if (!mayDecide) {
            return GranularDecision.Reason.ROLE_MAY_NOT;
        }
        if (known.state() != GranularIssuance.State.REQUESTED) {
            return GranularDecision.Reason.ALREADY_DECIDED;
        }
        if (!machine && actor.person().equals(known.requestedBy())) {
            return GranularDecision.Reason.REQUESTER_DECIDES;
        }
        if (!machine && !actor.independentOf(project.proponent())) {
            return GranularDecision.Reason.NOT_INDEPENDENT;
        }
        if (!command.approve()) {
            return null;
        }
        if (!moves(SystemAccounts.issuance(project.unitClass()).id())) {
            return GranularDecision.Reason.ISSUANCE_SUSPENDED;
        }
        return moves(project.holder()) ? null : GranularDecision.Reason.HOLDER_FROZEN;
    }

    /// Only hours of the issuance, and those with a watt-hour.
    private static SortedMap<Instant, Energy> inOrder(
            GranularIssuance known, List<HourEnergy> metered) {
        var hours = new TreeMap<Instant, Energy>();
        for (var each : metered) {
            if (known.hours().stream().noneMatch(run -> run.contains(each.hour()))
                    || hours.put(each.hour(), each.energy()) != null) {
                throw new IllegalArgumentException(each + " is not of " + known.id());
            }
        }
        hours.values().removeIf(Energy::isZero);
        return hours;
    }

    private static GranularCertificate certificate(
            GranularIssuance known,
            Project project,
            Instant hour,
            Energy energy,
            DecideGranular command) {
        return new GranularCertificate(
                GranularCertificate.idOf(known.id(), hour),
                known.id(),
                project.id(),
                known.device(),
                hour,
                energy,
                known.unitClass(),
                known.tier(),
                project.region(),
                command.actor().role() == Actor.Role.MACHINE
                        ? GranularCertificate.Approval.MACHINE
                        : GranularCertificate.Approval.OPERATOR,
                1);
    }

    private void issue(GranularCertificate certificate, Project project) {
        staging.record(new GranularIssued(certificate));
        var transfer =
                Transfer.numbered(
                        certificate.id(),
                        0,
                        SystemAccounts.issuance(certificate.unitClass()).id(),
                        project.holder(),
                        certificate.asset(),
                        certificate.energy().wattHours());
        if (ledger.post(transfer) instanceof Posting.Rejected(var _, var reason)) {
            throw new IllegalStateException("issuance cannot be rejected: " + reason);
        }
    }

    /// Uses watt-hours for good: nothing ever debits the account where they end.
    public GranularRetiring retire(RetireGranular request) {
        var certificate = certificates.get(request.certificate());
        if (!ledger.isOpen(request.holder())) {
            return new GranularRetiring.Refused(GranularRetiring.Reason.HOLDER_UNKNOWN);
        }
        if (certificate == null) {
            return new GranularRetiring.Refused(GranularRetiring.Reason.CERTIFICATE_UNKNOWN);
        }
        if (!certificate.period().contains(request.consumption())) {
            return new GranularRetiring.Refused(GranularRetiring.Reason.HOUR_DIFFERS);
        }
        var retired = SystemAccounts.retired(certificate.unitClass());
        ledger.open(retired);
        var transfer =
                Transfer.numbered(
                        request.id(),
                        0,
                        request.holder(),
                        retired.id(),
                        certificate.asset(),
                        request.quantity().wattHours());
        return switch (ledger.post(transfer)) {
            case Posting.Posted _ -> {
                var statement = statement(request, certificate);
                yield new GranularRetiring.Retired(statement, staging.record(statement).receipt());
            }
            case Posting.Rejected(var _, var reason) ->
                    new GranularRetiring.Refused(inTermsOfCertificates(reason));
        };
    }

    private GranularRetirement statement(RetireGranular request, GranularCertificate certificate) {
        return new GranularRetirement(
                request.id(),
                certificate.id(),
                certificate.next(request.quantity()),
                certificate.unitClass(),
                certificate.issuance(),
                certificate.project(),
                certificate.device(),
                certificate.region(),
                certificate.hour(),
                certificate.tier(),
                certificate.approval(),
                request.holder(),
                request.consumption(),
                staging.now(),
                request.beneficiary(),
                request.purpose());
    }

    private static GranularRetiring.Reason inTermsOfCertificates(Posting.Reason reason) {
        return switch (reason) {
            case EXCEEDS_BALANCE -> GranularRetiring.Reason.QUANTITY_EXCEEDS_HOLDING;
            case TEST_AND_LIVE_DO_NOT_MIX -> GranularRetiring.Reason.TEST_AND_LIVE_DO_NOT_MIX;
            case DEBIT_ACCOUNT_UNKNOWN, DEBIT_ACCOUNT_CLOSED ->
                    GranularRetiring.Reason.HOLDER_UNKNOWN;
            case DEBIT_ACCOUNT_FROZEN -> GranularRetiring.Reason.HOLDER_FROZEN;
            case ASSET_FROZEN -> GranularRetiring.Reason.CERTIFICATE_FROZEN;
            case CREDIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_CLOSED ->
                    GranularRetiring.Reason.RETIREMENT_SUSPENDED;
            default -> throw new IllegalStateException("a retirement is not " + reason);
        };
    }

    public Optional<GranularCertificate> certificate(UUID id) {
        return Optional.ofNullable(certificates.get(id));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case GranularRequested(var issuance) -> apply(issuance);
            case GranularDecided decided -> apply(decided);
            case GranularIssued(var certificate) -> certificates.put(certificate.id(), certificate);
            case GranularRetirement retired -> {
                take(retired);
                staging.write(new RetiredEntry(entry.sequence(), retired));
            }
            default -> {}
        }
    }

    private void apply(GranularIssuance issuance) {
        issuances.put(issuance.id(), issuance);
        for (int run = 0; run < issuance.hours().size(); run++) {
            claims.reserve(
                    issuance.series(),
                    issuance.claimOn(run),
                    Use.GRANULAR_CERTIFICATE,
                    issuance.hours().get(run));
        }
    }

    private void apply(GranularDecided decided) {
        var issuance = issuances.get(decided.issuance());
        if (issuance == null || issuance.state() != GranularIssuance.State.REQUESTED) {
            throw new IllegalStateException("nothing to decide: " + decided);
        }
        issuances.put(issuance.id(), issuance.in(decided.state()));
        var status =
                decided.state() == GranularIssuance.State.ISSUED
                        ? AllocationStatus.CONSUMED
                        : AllocationStatus.RELEASED;
        for (int run = 0; run < issuance.hours().size(); run++) {
            claims.settle(issuance.series(), issuance.claimOn(run), status);
        }
    }

    private void take(GranularRetirement retired) {
        var certificate = certificates.get(retired.certificate());
        if (certificate == null || certificate.nextSerial() != retired.serials().first()) {
            throw new IllegalStateException("serials out of order: " + retired);
        }
        certificates.put(certificate.id(), certificate.after(retired.serials()));
    }
}
