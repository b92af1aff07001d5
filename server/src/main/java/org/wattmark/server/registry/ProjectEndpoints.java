package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.Project;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registration;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.verification.Methodologies;
import org.wattmark.verification.Methodology;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;

/// Projects: registered by their proponent, public for everybody.
@RestController
@Tag(name = "Projects")
class ProjectEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final GridFactors factors;
    private final ProjectPage page;

    ProjectEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            GridFactors factors) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.factors = factors;
        this.page = new ProjectPage(jdbc);
    }

    /// Registers a project of your organisation.
    @PostMapping("/api/v1/projects")
    ResponseEntity<?> register(
            @RequestBody ProjectBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        var project =
                new Project(
                        ChosenId.of(body.id(), key, actor),
                        acting.organisation(),
                        title(body.title()),
                        region(body.region()).code(),
                        zone(body.zone()),
                        methodology(body.methodology()),
                        organisations.classOf(actor.organisation()));
        return switch (sequencer.apply(new RegisterProject(acting, project))) {
            case Registration.Registered(var registered, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/projects/" + registered.id()))
                            .body(Registered.of(registered, receipt));
            case Registration.Refused(var reason) -> Refusals.of(reason);
        };
    }

    /// One that is known, by name and version; metered solar generation if none is named.
    private static MethodologyId methodology(@Nullable String named) {
        if (named == null || named.equals(SolarDisplacement.ID.toString())) {
            return SolarDisplacement.ID;
        }
        return Methodologies.all().stream()
                .map(Methodology::id)
                .filter(id -> id.toString().equals(named))
                .findFirst()
                .orElseThrow(() ->
                        Refusals.invalid(
                                "/methodology",
                                "is not one of "
                                        + SolarDisplacement.ID
                                        + ", "
                                        + Methodologies.all().stream()
                                                .map(each -> each.id().toString())
                                                .collect(Collectors.joining(", "))));
    }

    private static String title(String title) {
        if (title.isBlank() || title.length() > Project.MAX_TITLE) {
            throw Refusals.invalid(
                    "/title",
                    "has 1 to " + Project.MAX_TITLE + " characters, not " + title.length());
        }
        return title;
    }

    /// An unknown region is asked for, never replaced by a default.
    private Region region(String code) {
        return factors.region(code)
                .orElseThrow(() ->
                        Refusals.invalid(
                                "/region",
                                "is no region with known emission factors: "
                                        + code
                                        + "; give an ISO 3166-1 code such as GB or GBR"));
    }

    private static String zone(String zone) {
        try {
            return ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            throw Refusals.invalid(
                    "/zone", "is no IANA time zone: " + zone + "; give one such as Europe/London");
        }
    }

    /// A project: its design, its monitoring periods, and what was issued.
    @GetMapping("/api/v1/public/projects/{id}")
    ResponseEntity<?> project(@PathVariable UUID id) {
        return jdbc.sql(ProjectTable.SELECT + " where id = :id")
                .param("id", id)
                .query(ProjectTable::project)
                .optional()
                .<ResponseEntity<?>>map(project -> ResponseEntity.ok(page.of(project)))
                .orElseGet(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "project_unknown",
                                        "No project has the id " + id + ".")
                                .answer());
    }

    /// All projects, in the order of their ids.
    @GetMapping("/api/v1/public/projects")
    Page<View> projects(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(ProjectTable.SELECT + " where id > :after order by id limit :limit")
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query(ProjectTable::project)
                        .list()
                        .stream()
                        .map(View::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param region ISO 3166-1 code of the grid, two letters or three
    /// @param zone IANA time zone of the site
    /// @param methodology name and version, such as `deemed-savings/1`; `solar-displacement/1` if
    ///   none is named
    record ProjectBody(
            @Nullable UUID id,
            String title,
            String region,
            String zone,
            @Nullable String methodology) {}

    record View(
            UUID id,
            UUID proponent,
            String title,
            String region,
            String zone,
            String methodology,
            UnitClass unitClass) {

        static View of(Project project) {
            return new View(
                    project.id(),
                    project.proponent().id(),
                    project.title(),
                    project.region(),
                    project.zone(),
                    project.methodology().toString(),
                    project.unitClass());
        }
    }

    record Registered(View project, Receipt receipt) {

        static Registered of(Project project, Receipt receipt) {
            return new Registered(View.of(project), receipt);
        }
    }
}
