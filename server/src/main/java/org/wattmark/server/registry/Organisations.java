package org.wattmark.server.registry;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// Organisations as the registry sees them: who controls them, and whether they only play.
public final class Organisations {

    private final JdbcClient jdbc;

    Organisations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public UnitClass classOf(UUID organisation) {
        return jdbc.sql("select unit_class from organisation where id = :id")
                .param("id", organisation)
                .query((row, _) -> UnitClass.valueOf(row.getString(1)))
                .single();
    }

    /// Makes it one of class TEST, which must be done before it holds anything.
    public void markAsTest(UUID organisation) {
        jdbc.sql("update organisation set unit_class = 'TEST' where id = :id")
                .param("id", organisation)
                .update();
    }

    Organisation organisation(UUID id) {
        return new Organisation(
                id,
                jdbc.sql("select controller_id from organisation where id = :id")
                        .param("id", id)
                        .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                        .single());
    }

    /// The account of the organisation that acts, and of nobody else.
    public AccountId accountOf(Actor actor) {
        return SystemAccounts.holder(actor.organisation(), classOf(actor.organisation()));
    }

    /// Who acts, in this role; 403 if the token does not carry it.
    public org.wattmark.verification.Actor acting(Actor actor, Role role) {
        actor.require(role);
        var person = naturalPersonOf(actor);
        return new org.wattmark.verification.Actor(
                person,
                organisation(actor.organisation()),
                org.wattmark.verification.Actor.Role.valueOf(role.name()),
                affiliationsOf(person));
    }

    /// Every organisation that a person belongs to, whichever they act for now.
    private Set<UUID> affiliationsOf(UUID person) {
        return Set.copyOf(
                jdbc.sql("select organisation_id from membership where person_id = :person")
                        .param("person", person)
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list());
    }

    /// Who stands behind a key is who made it, so that nobody verifies what their own key sent. A
    /// machine that an operator added on the command line stands for nobody but itself.
    private UUID naturalPersonOf(Actor actor) {
        var id = personOf(actor);
        if (actor.kind() == Actor.Kind.PERSON) {
            return id;
        }
        return jdbc.sql("select made_by from api_key where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .flatMap(Organisations::uuid)
                .orElse(id);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // made by another machine
        }
    }

    /// A machine's client id ends in the UUID that it acts under.
    public static UUID personOf(Actor actor) {
        var id = actor.id();
        return UUID.fromString(id.substring(id.lastIndexOf('_') + 1));
    }
}
