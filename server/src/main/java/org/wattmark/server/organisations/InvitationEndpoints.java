package org.wattmark.server.organisations;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
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
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.mail.Mail;
import org.wattmark.server.organisations.Invitations.Founding;
import org.wattmark.server.organisations.Invitations.Guest;
import org.wattmark.server.organisations.OrganisationEndpoints.IdBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.OpenDoors;
import org.wattmark.server.security.Role;

/// How people come in: by invitation, or by signing an organisation up.
@RestController
@Tag(name = "Organisations")
class InvitationEndpoints {

    private static final int LONGEST_NAME = 200;

    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private final Invitations invitations;
    private final Memberships memberships;
    private final Letters letters;
    private final OpenDoors doors;
    private final JdbcClient jdbc;

    InvitationEndpoints(
            Invitations invitations,
            Memberships memberships,
            Letters letters,
            OpenDoors doors,
            JdbcClient jdbc) {
        this.invitations = invitations;
        this.memberships = memberships;
        this.letters = letters;
        this.doors = doors;
        this.jdbc = jdbc;
    }

    /// Invites somebody into your organisation, by a mail with a token that counts once and for
    /// seven days.
    @PostMapping("/api/v1/organisation/invitations")
    ResponseEntity<?> invite(
            @RequestBody InvitationBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("invites people");
        memberships.requireGrantable(actor.organisation(), body.roles());
        return invite(body, key, actor, actor.organisation());
    }

    /// Invites somebody into any organisation: how an operator gives one its first owner.
    @PostMapping("/api/v1/organisations/{id}/invitations")
    ResponseEntity<?> inviteInto(
            @PathVariable("id") UUID organisation,
            @RequestBody InvitationBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("invites people");
        OrganisationEndpoints.OrganisationView.find(jdbc, organisation);
        memberships.requireGrantable(organisation, body.roles());
        return invite(body, key, actor, organisation);
    }

    private ResponseEntity<?> invite(
            InvitationBody body, @Nullable String key, Actor actor, UUID organisation) {
        var email = address(body.email());
        var id = ChosenId.of(body.id(), key, actor);
        var roles = Set.copyOf(body.roles());
        var issued = invitations.invite(id, actor, organisation, email, roles);
        boolean mailed =
                issued.made().isRepeat()
                        || letters.invite(email, nameOf(organisation), roles, issued);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new Invited(id, mailed, issued.made().receipt()));
    }

    private String nameOf(UUID organisation) {
        return OrganisationEndpoints.OrganisationView.find(jdbc, organisation).name();
    }

    /// The invitations of your organisation, open and ended.
    @GetMapping("/api/v1/organisation/invitations")
    Page<InvitationView> invitations(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select * from invitation
                                where organisation_id = :organisation and id > :after
                                order by id limit :limit
                                """)
                        .param("organisation", actor.organisation())
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> InvitationView.of(Invitations.invitation(row)))
                        .list(),
                each -> each.id().toString());
    }

    /// Takes an invitation back.
    @PostMapping("/api/v1/organisation/invitations/{id}/revocations")
    ResponseEntity<?> revoke(
            @PathVariable("id") UUID invitation,
            @RequestBody(required = false) @Nullable IdBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var id = ChosenId.of(body == null ? null : body.id(), key, actor);
        return OrganisationEndpoints.created(id, invitations.revoke(id, actor, invitation));
    }

    /// Accepts an invitation, for who has no account yet. The token counts once.
    @PostMapping("/api/v1/invitation-acceptances")
    ResponseEntity<?> accept(@RequestBody AcceptanceBody body, HttpServletRequest request) {
        doors.requireFew(request.getRemoteAddr());
        var invitation = invitations.open(body.token());
        var email =
                invitation.email().isEmpty()
                        ? address(body.email() == null ? "" : body.email())
                        : invitation.email();
        var guest = new Guest.New(email, name("/display_name", body.displayName()), body.good());
        return joined(invitations.accept(body.token(), guest));
    }

    /// Accepts an invitation as who is signed in. From your next token on you act for that
    /// organisation.
    @PostMapping("/api/v1/me/memberships")
    ResponseEntity<?> join(@RequestBody TokenBody body, Actor actor) {
        actor.requirePerson("joins an organisation");
        return joined(
                invitations.accept(body.token(), new Guest.Known(UUID.fromString(actor.id()))));
    }

    private static ResponseEntity<?> joined(Invitations.Accepted accepted) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(
                        new Joined(
                                accepted.person(),
                                accepted.organisation(),
                                accepted.made().receipt()));
    }

    /// The organisations that you belong to.
    @GetMapping("/api/v1/me/memberships")
    Page<MembershipView> mine(Actor actor) {
        actor.requirePerson("belongs to organisations");
        var all =
                jdbc.sql(
                                """
                                select organisation_id, name, standing, membership.roles
                                from membership join organisation on id = organisation_id
                                where person_id = :person order by since, organisation_id
                                """)
                        .param("person", UUID.fromString(actor.id()))
                        .query((row, _) ->
                                new MembershipView(
                                        row.getObject("organisation_id", UUID.class),
                                        row.getString("name"),
                                        Role.ofNames((String[]) row.getArray("roles").getArray())))
                        .list();
        return new Page<>(all, null, false);
    }

    /// Chooses for which of your organisations you act, from your next token on.
    @PostMapping("/api/v1/me/organisation")
    ResponseEntity<?> actFor(@RequestBody ActForBody body, Actor actor) {
        actor.requirePerson("belongs to organisations");
        var person = UUID.fromString(actor.id());
        if (!memberships.isMember(body.organisationId(), person)) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "organisation_unknown",
                            "You belong to no organisation with the id "
                                    + body.organisationId()
                                    + ".")
                    .asException();
        }
        jdbc.sql("update person set organisation_id = :organisation where id = :person")
                .param("organisation", body.organisationId())
                .param("person", person)
                .update();
        return ResponseEntity.ok(body);
    }

    /// Signs an organisation up. Whether the address was known is told to its owner alone, by mail:
    /// the answer is always the same.
    @PostMapping("/api/v1/sign-ups")
    ResponseEntity<?> signUp(@RequestBody SignUpBody body, HttpServletRequest request) {
        doors.requireFew(request.getRemoteAddr());
        var email = address(body.email());
        var kind = body.kind() == null ? Role.BUYER : body.kind();
        if (kind != Role.BUYER
                && kind != Role.PROPONENT
                && kind != Role.VERIFIER
                && kind != Role.DEVICE_MAKER) {
            throw invalid("/kind", kind + " is none of BUYER, PROPONENT, VERIFIER, DEVICE_MAKER");
        }
        var founding =
                new Founding(name("/organisation", body.organisation()), country(body), kind);
        doors.requireFewMails(Members.address(email));
        letters.signUp(email, founding, invitations);
        return ResponseEntity.accepted().body(new SignedUp("mailed"));
    }

    private static String country(SignUpBody body) {
        if (!COUNTRIES.contains(body.country())) {
            throw invalid(
                    "/country",
                    "'" + body.country() + "' is no country of ISO 3166-1 alpha-2, such as GB");
        }
        return body.country();
    }

    private static String address(String text) {
        var address = Members.address(text);
        if (!Mail.isAddress(address)) {
            throw invalid(
                    "/email",
                    "is no mail address of at most " + Mail.LONGEST_ADDRESS + " characters");
        }
        return address;
    }

    private static String name(String pointer, String text) {
        var name = text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw invalid(
                    pointer, "has " + name.length() + " characters; it has 1 to " + LONGEST_NAME);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(pointer, "has control characters");
        }
        return name;
    }

    private static RuntimeException invalid(String pointer, String message) {
        return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", pointer + " " + message)
                .at(pointer, message)
                .asException();
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record InvitationBody(@Nullable UUID id, String email, List<Role> roles) {

        InvitationBody {
            roles = List.copyOf(roles);
        }
    }

    /// @param mailed false if the mail server did not take it: revoke and invite again
    record Invited(UUID id, boolean mailed, org.wattmark.ledger.Receipt receipt) {}

    record InvitationView(
            UUID id, String email, Set<Role> roles, Instant expiresAt, boolean ended) {

        InvitationView {
            roles = Set.copyOf(roles);
        }

        static InvitationView of(Invitations.Invitation it) {
            return new InvitationView(it.id(), it.email(), it.roles(), it.expiresAt(), it.ended());
        }
    }

    /// @param email where the invitation names none
    /// @param password 15 to 200 characters
    record AcceptanceBody(
            String token, String displayName, String password, @Nullable String email) {

        private static final int LONGEST_PASSWORD = 200;

        String good() {
            if (password.length() < Members.SHORTEST_PASSWORD
                    || password.length() > LONGEST_PASSWORD) {
                throw invalid(
                        "/password",
                        "has "
                                + password.length()
                                + " characters; it has "
                                + Members.SHORTEST_PASSWORD
                                + " to "
                                + LONGEST_PASSWORD);
            }
            return password;
        }

        /// Neither the token nor the password.
        @Override
        public String toString() {
            return "AcceptanceBody[…]";
        }
    }

    record TokenBody(String token) {

        @Override
        public String toString() {
            return "TokenBody[…]";
        }
    }

    record Joined(UUID person, UUID organisationId, org.wattmark.ledger.Receipt receipt) {}

    record MembershipView(UUID organisationId, String name, Set<Role> roles) {

        MembershipView {
            roles = Set.copyOf(roles);
        }
    }

    record ActForBody(UUID organisationId) {}

    /// @param organisation its name, 1 to 200 characters
    /// @param country ISO 3166-1 alpha-2
    /// @param kind BUYER unless it is something else; no registry's operator signs up
    record SignUpBody(String email, String organisation, String country, @Nullable Role kind) {}

    /// @param next what happens: a mail is on its way
    record SignedUp(String next) {}
}
