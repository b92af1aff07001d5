package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.Design;
import org.wattmark.registry.DesignState;
import org.wattmark.registry.Designing;
import org.wattmark.registry.JudgeDesign;
import org.wattmark.registry.SubmitDesign;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;
import org.wattmark.verification.Additionality;

/// The designs of projects: what is planned, for how many years, and who validated it. Designs and
/// opinions are public; the document is its proponent's and the verifiers'.
@RestController
@Tag(name = "Projects")
class DesignEndpoints {

    private static final int LONGEST_OPINION = 4_000;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StoredDocuments evidence;

    DesignEndpoints(Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.evidence = new StoredDocuments(jdbc);
    }

    /// Brings the design of a project: its first, a better one in the place of a refused one, or
    /// that of its next crediting period.
    @PostMapping("/api/v1/projects/{project}/designs")
    ResponseEntity<?> submit(
            @PathVariable UUID project,
            @RequestBody DesignBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        var id = ChosenId.of(body.id(), key, actor);
        var zone = zoneOf(project);
        if (zone.isEmpty()) {
            return Refusals.of(Designing.Reason.PROJECT_UNKNOWN);
        }
        var design = design(project, body, zone.get(), acting.person(), actor);
        return answer(id, project, sequencer.apply(new SubmitDesign(id, acting, design)));
    }

    private Optional<ZoneId> zoneOf(UUID project) {
        return jdbc.sql("select zone from project where id = :id")
                .param("id", project)
                .query(String.class)
                .optional()
                .map(ZoneId::of);
    }

    private Design design(UUID project, DesignBody body, ZoneId zone, UUID person, Actor actor) {
        if (!body.document().matches("[0-9a-f]{64}")
                || !evidence.has(actor.organisation(), new Sha256(body.document()))) {
            throw Refusals.invalid(
                    "/document", "is no evidence of yours: upload the file, then name its SHA-256");
        }
        if (!body.exclusivityDeclared()) {
            throw Refusals.invalid(
                    "/exclusivity_declared",
                    "must be true: what another scheme counts is not claimed here");
        }
        try {
            return new Design(
                    project,
                    1, // the registry counts
                    new Sha256(body.document()),
                    body.summary().strip(),
                    body.location().strip(),
                    body.site() == null ? project : body.site(),
                    crediting(body, zone),
                    body.renewable(),
                    body.exclusivity().strip(),
                    Optional.ofNullable(body.additionality()).map(AdditionalityBody::answers),
                    person);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Refusals.invalid("", "is no design: " + e.getMessage());
        }
    }

    /// Civil years at the site.
    private static Period crediting(DesignBody body, ZoneId zone) {
        if (body.years() < 1 || body.years() > Design.MOST_YEARS_FIXED) {
            throw Refusals.invalid("/years", "lies between 1 and " + Design.MOST_YEARS_FIXED);
        }
        var start = body.creditingStart();
        return new Period(
                start.atStartOfDay(zone).toInstant(),
                start.plusYears(body.years()).atStartOfDay(zone).toInstant());
    }

    /// A validator's verdict on a design. It says nothing of results: those are verified apart.
    @PostMapping("/api/v1/projects/{project}/validations")
    ResponseEntity<?> validate(
            @PathVariable UUID project,
            @RequestBody ValidationBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("validates designs");
        var opinion = body.opinion().strip();
        if (opinion.isEmpty() || opinion.length() > LONGEST_OPINION) {
            throw Refusals.invalid("/opinion", "has 1 to " + LONGEST_OPINION + " characters");
        }
        var command =
                new JudgeDesign(
                        ChosenId.of(body.id(), key, actor),
                        organisations.acting(actor, Role.VERIFIER),
                        project,
                        body.design(),
                        body.decision() == Judgement.VALIDATE,
                        opinion);
        return answer(command.id(), project, sequencer.apply(command));
    }

    private static ResponseEntity<?> answer(UUID id, UUID project, Designing outcome) {
        return switch (outcome) {
            case Designing.Taken(var number, var state, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/public/projects/" + project))
                            .body(new DesignDone(id, project, number, state, receipt));
            case Designing.Denied(var reason) -> Refusals.of(reason);
        };
    }

    /// @param document SHA-256 of the design document, which you have stored as evidence
    /// @param summary for the public page
    /// @param location a town or district for the public page, no household's address
    /// @param site an id that your projects at one place share; the project's own if you name none
    /// @param creditingStart first civil day at the site
    /// @param years of the crediting period: at most 7 if renewable, else 10
    /// @param exclusivity other schemes, support payments and caps that concern the project
    /// @param additionality why the project would not have happened anyway
    record DesignBody(
            @Nullable UUID id,
            String document,
            String summary,
            String location,
            @Nullable UUID site,
            LocalDate creditingStart,
            int years,
            boolean renewable,
            boolean exclusivityDeclared,
            String exclusivity,
            @Nullable AdditionalityBody additionality) {}

    /// One of `listed`, `hindered` and `dearer` says why.
    ///
    /// @param beyondTheLaw whether no law, permit or contract asks for the project
    /// @param law which ones were looked at
    record AdditionalityBody(
            boolean beyondTheLaw,
            String law,
            Additionality.@Nullable Listed listed,
            Additionality.@Nullable Hindered hindered,
            Additionality.@Nullable Dearer dearer) {

        Additionality answers() {
            Additionality.Route route =
                    listed != null ? listed : hindered != null ? hindered : dearer;
            if (route == null) {
                throw Refusals.invalid(
                        "/additionality", "names a positive list, a barrier or a cost");
            }
            return new Additionality(beyondTheLaw, law, route);
        }
    }

    enum Judgement {
        VALIDATE,
        REFUSE
    }

    /// @param design which of the project's, by its number
    record ValidationBody(@Nullable UUID id, int design, Judgement decision, String opinion) {}

    record DesignDone(UUID id, UUID project, int design, DesignState state, Receipt receipt) {}
}
