package org.wattmark.registry;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.registry.Designing.Denied;
import org.wattmark.registry.Designing.Reason;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.UnitClass;

/// The designs of projects, and who validated them. What was planned is validated before, once for
/// each crediting period; what came of it is verified after, claim by claim.
public final class Designs implements Machine {

    private final Staging staging;
    private final StagedMap<UUID, Project> projects;
    private final StagedMap<DesignKey, DesignRecord> designs;

    Designs(Staging staging, StagedMap<UUID, Project> projects) {
        this.staging = staging;
        this.projects = projects;
        this.designs = staging.map("project_design");
        staging.add(this);
    }

    /// Brings a project's first design, a better one in the place of a refused one, or the one of
    /// its next crediting period.
    public Designing submit(SubmitDesign command) {
        var design = command.design();
        var project = projects.get(design.project());
        if (project == null) {
            return new Denied(Reason.PROJECT_UNKNOWN);
        }
        if (command.actor().role() != Actor.Role.PROPONENT) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        if (!command.actor().organisation().equals(project.proponent())) {
            return new Denied(Reason.NOT_YOUR_PROJECT);
        }
        var before = of(project.id());
        var inTheWay = inTheWay(design, project, before);
        if (inTheWay.isPresent()) {
            return new Denied(inTheWay.get());
        }
        int number = before.size() + 1;
        var entry = staging.record(new DesignSubmitted(numbered(design, number)));
        return new Designing.Taken(number, DesignState.SUBMITTED, entry.receipt());
    }

    private static Optional<Reason> inTheWay(
            Design design, Project project, List<DesignRecord> before) {
        if (before.stream().anyMatch(each -> each.state() == DesignState.SUBMITTED)) {
            return Optional.of(Reason.DESIGN_WAITS);
        }
        if (!isWholeYears(design, ZoneId.of(project.zone()))) {
            return Optional.of(Reason.CREDITING_PERIOD_TOO_LONG);
        }
        var valid = before.stream().filter(each -> each.state() == DesignState.VALIDATED).toList();
        if (!valid.isEmpty()) {
            var last = valid.getLast().design();
            if (!last.renewable() || valid.size() > Design.MOST_RENEWALS) {
                return Optional.of(Reason.NOT_RENEWABLE);
            }
            if (!design.crediting().start().equals(last.crediting().end())) {
                return Optional.of(Reason.DOES_NOT_FOLLOW);
            }
        }
        return project.unitClass() == UnitClass.LIVE && design.additionality().isEmpty()
                ? Optional.of(Reason.ADDITIONALITY_NOT_ANSWERED)
                : Optional.empty();
    }

    private static boolean isWholeYears(Design design, ZoneId zone) {
        int most = design.renewable() ? Design.MOST_YEARS_RENEWABLE : Design.MOST_YEARS_FIXED;
        ZonedDateTime start = design.crediting().start().atZone(zone);
        for (int years = 1; years <= most; years++) {
            if (start.plusYears(years).toInstant().equals(design.crediting().end())) {
                return true;
            }
        }
        return false;
    }

    private static Design numbered(Design design, int number) {
        return new Design(
                design.project(),
                number,
                design.document(),
                design.summary(),
                design.location(),
                design.site(),
                design.crediting(),
                design.renewable(),
                design.exclusivity(),
                design.additionality(),
                design.submittedBy());
    }

    /// Takes a validator's verdict.
    public Designing judge(JudgeDesign command) {
        var known = designs.get(new DesignKey(command.project(), command.number()));
        if (known == null) {
            return new Denied(
                    projects.containsKey(command.project())
                            ? Reason.DESIGN_UNKNOWN
                            : Reason.PROJECT_UNKNOWN);
        }
        var actor = command.actor();
        if (actor.role() != Actor.Role.VERIFIER) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        if (actor.person().equals(known.design().submittedBy())) {
            return new Denied(Reason.SUBMITTER_DECIDES);
        }
        var proponent = Objects.requireNonNull(projects.get(command.project()));
        if (!actor.independentOf(proponent.proponent())) {
            return new Denied(Reason.NOT_INDEPENDENT);
        }
        if (known.state() != DesignState.SUBMITTED) {
            return new Denied(Reason.NOT_IN_THIS_STATE);
        }
        var judged =
                new DesignJudged(
                        command.project(),
                        command.number(),
                        command.valid(),
                        actor.organisation().id(),
                        actor.person(),
                        command.opinion());
        var entry = staging.record(judged);
        return new Designing.Taken(command.number(), stateAfter(judged), entry.receipt());
    }

    private static DesignState stateAfter(DesignJudged judged) {
        return judged.valid() ? DesignState.VALIDATED : DesignState.REFUSED;
    }

    /// The designs of a project, the first one first.
    public List<DesignRecord> of(UUID project) {
        var all = new ArrayList<DesignRecord>();
        for (int number = 1; ; number++) {
            var next = designs.get(new DesignKey(project, number));
            if (next == null) {
                return all;
            }
            all.add(next);
        }
    }

    private List<DesignRecord> validOf(UUID project) {
        return of(project).stream().filter(each -> each.state() == DesignState.VALIDATED).toList();
    }

    /// The validated design in whose crediting period this lies.
    Optional<Design> covering(UUID project, Period period) {
        return validOf(project).stream()
                .map(DesignRecord::design)
                .filter(design -> design.crediting().contains(period))
                .findFirst();
    }

    /// Whether there is a validated design, and this lies outside of it.
    boolean excludes(UUID project, Period period) {
        return !validOf(project).isEmpty() && covering(project, period).isEmpty();
    }

    /// The place that a project's reported data are of: its own, until a design names another.
    UUID siteOf(UUID project) {
        var all = of(project);
        return all.isEmpty() ? project : all.getLast().design().site();
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case DesignSubmitted(var design) ->
                    designs.put(
                            new DesignKey(design.project(), design.number()),
                            new DesignRecord(design, DesignState.SUBMITTED, Optional.empty(), ""));
            case DesignJudged judged -> {
                var key = new DesignKey(judged.project(), judged.number());
                var known = designs.get(key);
                if (known == null) {
                    throw new IllegalStateException("no such design: " + key);
                }
                designs.put(
                        key,
                        new DesignRecord(
                                known.design(),
                                stateAfter(judged),
                                Optional.of(judged.validator()),
                                judged.opinion()));
            }
            default -> {}
        }
    }
}
