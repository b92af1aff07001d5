package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.units.Sha256;

/// Codes for who has lost their passkey: ten, to be printed, each used once.
final class RecoveryCodes {

    private static final int COUNT = 10;

    /// Crockford's base 32 without letters that are mistaken for digits.
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    /// Three groups of five: 75 bits, which the pauses of sign-in leave nobody the time to guess.
    private static final Pattern FORM = Pattern.compile("[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    RecoveryCodes(JdbcClient jdbc, InstantSource clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /// New codes in place of all that there were.
    List<String> make(UUID person) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < COUNT; i++) {
            codes.add(draw());
        }
        jdbc.sql(
                        """
                        with ended as (delete from recovery_code where person_id = :person)
                        insert into recovery_code (person_id, code_sha256)
                        select :person, unnest(:hashes::text[])::bytea
                        """)
                .param("person", person)
                .param(
                        "hashes",
                        codes.stream()
                                .map(code -> "\\x" + java.util.HexFormat.of().formatHex(hash(code)))
                                .toArray(String[]::new))
                .update();
        events.publishEvent(
                new SecurityEvent(
                        SecurityEvent.Kind.RECOVERY_CODES_MADE, person, true, COUNT + " codes"));
        return List.copyOf(codes);
    }

    /// Uses a code up.
    ///
    /// @return false if it is none of the person's, or was used before
    boolean use(UUID person, String typed) {
        var code = typed.strip().toLowerCase(Locale.ROOT);
        if (!FORM.matcher(code).matches()) {
            return false;
        }
        boolean used =
                jdbc.sql(
                                        """
                                        update recovery_code set used_at = :now
                                        where person_id = :person and code_sha256 = :hash
                                            and used_at is null
                                        """)
                                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                                .param("person", person)
                                .param("hash", hash(code))
                                .update()
                        == 1;
        if (used) {
            events.publishEvent(
                    new SecurityEvent(SecurityEvent.Kind.RECOVERY_CODE_USED, person, true, ""));
        }
        return used;
    }

    int left(UUID person) {
        return jdbc.sql(
                        """
                        select count(*) from recovery_code
                        where person_id = :person and used_at is null
                        """)
                .param("person", person)
                .query(Integer.class)
                .single();
    }

    private static String draw() {
        var code = new StringBuilder();
        for (int i = 0; i < 15; i++) {
            if (i > 0 && i % 5 == 0) {
                code.append('-');
            }
            code.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return code.toString();
    }

    private static byte[] hash(String code) {
        return Sha256.of(code.getBytes(US_ASCII));
    }
}
