package org.wattmark.server.ids;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Canonical;

/// The id of a write: the body's `id`, or one that follows from the `Idempotency-Key` header.
public final class ChosenId {

    /// The header's name.
    public static final String HEADER = "Idempotency-Key";

    /// For the refusal of an id under which something else was asked before.
    public static final String STANDS_FOR_ANOTHER =
            "This id was used before with another content. Choose a new id, or send the same"
                    + " content.";

    private static final int LONGEST_KEY = 255;

    private static final int DERIVED_VERSION = 8;

    private ChosenId() {}

    /// A write without either is refused: sent again after a lost answer, it would be done twice.
    public static UUID of(@Nullable UUID bodyId, @Nullable String key, Actor actor) {
        if (bodyId != null) {
            return chosen(bodyId);
        }
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "id_missing",
                            "Choose an id (a UUID, version 7 by preference) and send it in the"
                                    + " body, or send an Idempotency-Key header of 1 to "
                                    + LONGEST_KEY
                                    + " characters, so that sending again is safe.")
                    .at("/id", "is missing")
                    .asException();
        }
        return derived(actor.organisation(), key);
    }

    /// Ids of version 8 follow from other ids: one that somebody chose could stand in their way.
    private static UUID chosen(UUID id) {
        if (id.version() == DERIVED_VERSION) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "id_is_derived",
                            "The id "
                                    + id
                                    + " is a UUID of version 8, which is made here from others."
                                    + " Choose one of version 7, or of 4.")
                    .at("/id", "is of version 8")
                    .asException();
        }
        return id;
    }

    /// Keys of different organisations never meet.
    private static UUID derived(UUID organisation, String key) {
        return Canonical.of("wattmark/idempotency-key/v1").id(organisation).text(key).derivedId();
    }
}
