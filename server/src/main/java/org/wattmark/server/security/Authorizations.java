package org.wattmark.server.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.transaction.support.TransactionTemplate;

/// Spring's authorizations, each step on one connection: Spring looks up the client of an
/// authorization while it still holds the connection that the authorization came by. As many people
/// signing in at once as the pool has connections would otherwise wait for each other.
final class Authorizations implements OAuth2AuthorizationService {

    private final OAuth2AuthorizationService kept;
    private final TransactionTemplate transaction;

    Authorizations(OAuth2AuthorizationService kept, TransactionTemplate transaction) {
        this.kept = kept;
        this.transaction = transaction;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        transaction.executeWithoutResult(_ -> kept.save(authorization));
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        transaction.executeWithoutResult(_ -> kept.remove(authorization));
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return transaction.execute(_ -> kept.findById(id));
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return transaction.execute(_ -> kept.findByToken(token, type));
    }
}
