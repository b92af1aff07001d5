package org.wattmark.server.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/// How people prove who they are: the factors of Spring Security, and what tokens call them.
final class Factors {

    /// That a person used up a recovery code, in place of a passkey that they have lost.
    static final String RECOVERY_CODE = "FACTOR_RECOVERY_CODE";

    static final Map<String, String> METHODS =
            Map.of(
                    FactorGrantedAuthority.PASSWORD_AUTHORITY,
                    Claims.BY_PASSWORD,
                    FactorGrantedAuthority.WEBAUTHN_AUTHORITY,
                    Claims.BY_PASSKEY,
                    RECOVERY_CODE,
                    Claims.BY_RECOVERY_CODE,
                    FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY,
                    Claims.BY_ANOTHER_PROVIDER);

    private Factors() {}

    /// The methods that were used as recently as [Actors#RECENT] before the latest one: a passkey
    /// of this morning does not make a password of now any stronger.
    static List<String> recent(List<FactorGrantedAuthority> factors, Instant latest) {
        return factors.stream()
                .filter(factor -> !factor.getIssuedAt().plus(Actors.RECENT).isBefore(latest))
                .map(factor -> METHODS.getOrDefault(factor.getAuthority(), ""))
                .distinct()
                .sorted()
                .toList();
    }
}
