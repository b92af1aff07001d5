package org.wattmark.server.market;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.security.Actor;

/// The body of a step whose path says all but its id. With an `Idempotency-Key` it may be absent.
///
/// @param id chosen by the client; or send an `Idempotency-Key`
public record StepBody(@Nullable UUID id) {

    public static UUID id(@Nullable StepBody body, @Nullable String key, Actor actor) {
        return ChosenId.of(body == null ? null : body.id(), key, actor);
    }
}
