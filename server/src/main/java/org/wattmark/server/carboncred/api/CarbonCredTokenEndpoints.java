package org.wattmark.server.carboncred.api;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.OpenDoors;
import org.wattmark.server.security.PasswordTokens;

/// Tokens as SimpleJWT gives them: for an address and a password, and for a refresh token.
@RestController
@Tag(name = "CarbonCred")
class CarbonCredTokenEndpoints {

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final int LONGEST = 1_000;

    private final PasswordTokens tokens;
    private final OpenDoors doors;

    CarbonCredTokenEndpoints(PasswordTokens tokens, OpenDoors doors) {
        this.tokens = tokens;
        this.doors = doors;
    }

    /// Signs in. Five wrong passwords in a row pause it, as on the sign-in page.
    @PostMapping("/api/token/")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", ref = "#/components/responses/Problem401")
    ResponseEntity<TokenPair> signIn(
            @RequestBody CredentialsBody body, HttpServletRequest request) {
        doors.requireFew(request.getRemoteAddr());
        var invalid = new Invalid();
        var email = invalid.require("email", body.email(), "");
        var password = invalid.require("password", body.password(), "");
        if (body.email() != null
                && (email.length() > LONGEST || !ADDRESS.matcher(email.strip()).matches())) {
            invalid.add("email", "Enter a valid email address.");
        }
        if (body.password() != null && (password.isEmpty() || password.length() > LONGEST)) {
            invalid.add("password", "A password has 1 to " + LONGEST + " characters.");
        }
        invalid.refuse();
        return answer(
                tokens.signIn(email, password),
                "credentials_wrong",
                "No active account found with the given credentials. After some wrong tries"
                        + " sign-in pauses for a while.");
    }

    /// The next pair. A refresh token is used once; one that comes again signs its client out.
    @PostMapping("/api/token/refresh/")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", ref = "#/components/responses/Problem401")
    ResponseEntity<TokenPair> refresh(@RequestBody RefreshBody body, HttpServletRequest request) {
        doors.requireFew(request.getRemoteAddr());
        var invalid = new Invalid();
        var token = invalid.require("refresh", body.refresh(), "");
        invalid.refuse();
        return answer(
                token.length() > LONGEST ? Optional.empty() : tokens.refresh(token),
                "token_not_valid",
                "Token is invalid, expired or was used before. Sign in again.");
    }

    /// Signs out: this refresh token and all that came of its sign-in end. The answer is the same
    /// for one that is unknown or used.
    @PostMapping("/api/token/blacklist/")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    Map<String, String> signOut(@RequestBody RefreshBody body, HttpServletRequest request) {
        doors.requireFew(request.getRemoteAddr());
        var invalid = new Invalid();
        var token = invalid.require("refresh", body.refresh(), "");
        invalid.refuse();
        if (token.length() <= LONGEST) {
            tokens.signOut(token);
        }
        return Map.of("message", "Signed out");
    }

    private static ResponseEntity<TokenPair> answer(
            Optional<PasswordTokens.Pair> pair, String code, String detail) {
        return pair.map(it ->
                        ResponseEntity.ok()
                                .cacheControl(CacheControl.noStore())
                                .body(new TokenPair(it.refresh(), it.access())))
                .orElseThrow(() -> {
                    var headers = new HttpHeaders();
                    headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    return Problem.of(HttpStatus.UNAUTHORIZED, code, detail).asException(headers);
                });
    }

    record CredentialsBody(@Nullable String email, @Nullable String password) {

        @Override
        public String toString() {
            return "CredentialsBody[***]";
        }
    }

    record RefreshBody(@Nullable String refresh) {

        @Override
        public String toString() {
            return "RefreshBody[***]";
        }
    }

    /// @param refresh for `/api/token/refresh/`, once
    /// @param access for `Authorization: Bearer …`, ten minutes
    record TokenPair(String refresh, String access) {

        @Override
        public String toString() {
            return "TokenPair[***]";
        }
    }
}
