package org.wattmark.server.security;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Signs a person in by address and password, or by a recovery code in the password's place.
///
/// Whether the address is unknown, the password wrong or sign-in paused: the answer is the same,
/// and takes as long, because each way computes one slow hash.
final class PasswordSignIn implements AuthenticationProvider {

    private final Members members;
    private final PasswordEncoder passwords;
    private final SignInPauses pauses;
    private final RecoveryCodes recovery;

    /// Of a password that nobody has.
    private final String nobodys;

    PasswordSignIn(
            Members members,
            PasswordEncoder passwords,
            SignInPauses pauses,
            RecoveryCodes recovery) {
        this.members = members;
        this.passwords = passwords;
        this.pauses = pauses;
        this.recovery = recovery;
        this.nobodys = Objects.requireNonNull(passwords.encode(UUID.randomUUID().toString()));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var address = Members.address(attempt.getName());
        var typed = String.valueOf(attempt.getCredentials());
        var login = members.login(address);
        boolean paused = pauses.isPaused(address);
        boolean right = matches(typed, login);
        var factor =
                right
                        ? FactorGrantedAuthority.PASSWORD_AUTHORITY
                        : byRecoveryCode(typed, login, paused);
        if (paused || factor == null || login.isEmpty()) {
            if (!paused) {
                pauses.failed(address, login.map(Members.Login::person));
            }
            throw new BadCredentialsException("address or password is wrong");
        }
        pauses.forget(address);
        return signedIn(login.get().person(), factor);
    }

    private boolean matches(String typed, Optional<Members.Login> login) {
        var hash = login.map(Members.Login::passwordHash).orElse(null);
        boolean equal = passwords.matches(typed, hash == null ? nobodys : hash);
        return equal && hash != null;
    }

    private @Nullable String byRecoveryCode(
            String typed, Optional<Members.Login> login, boolean paused) {
        return !paused && login.isPresent() && recovery.use(login.get().person(), typed)
                ? Factors.RECOVERY_CODE
                : null;
    }

    static Authentication signedIn(UUID person, String factor) {
        return UsernamePasswordAuthenticationToken.authenticated(
                User.withUsername(person.toString()).password("").authorities("ROLE_USER").build(),
                null,
                java.util.List.of(FactorGrantedAuthority.fromAuthority(factor)));
    }
}
