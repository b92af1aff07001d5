package org.wattmark.server.security;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/// The passkeys of Spring Security, which says when one comes or goes.
final class AuditedPasskeys implements UserCredentialRepository {

    private final UserCredentialRepository kept;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    AuditedPasskeys(
            UserCredentialRepository kept, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.kept = kept;
        this.jdbc = jdbc;
        this.events = events;
    }

    @Override
    public void save(CredentialRecord credential) {
        boolean known = kept.findByCredentialId(credential.getCredentialId()) != null;
        kept.save(credential);
        if (!known) {
            tell(SecurityEvent.Kind.PASSKEY_ADDED, credential);
        }
    }

    @Override
    public void delete(Bytes id) {
        var credential = kept.findByCredentialId(id);
        kept.delete(id);
        if (credential != null) {
            tell(SecurityEvent.Kind.PASSKEY_REMOVED, credential);
        }
    }

    private void tell(SecurityEvent.Kind kind, CredentialRecord credential) {
        personOf(credential.getUserEntityUserId())
                .ifPresent(person ->
                        events.publishEvent(
                                new SecurityEvent(
                                        kind,
                                        person,
                                        true,
                                        credential.getCredentialId().toBase64UrlString())));
    }

    private Optional<UUID> personOf(Bytes entity) {
        return jdbc.sql("select name from user_entities where id = :id")
                .param("id", entity.toBase64UrlString())
                .query((row, _) -> UUID.fromString(row.getString(1)))
                .optional();
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return kept.findByCredentialId(id);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes user) {
        return kept.findByUserId(user);
    }
}
