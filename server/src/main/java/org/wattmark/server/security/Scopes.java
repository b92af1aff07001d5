package org.wattmark.server.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/// What a token or a key may be used for. A scope narrows what its bearer's roles allow, and never
/// widens it.
public final class Scopes {

    /// Everything that only reads.
    public static final String READ = "read";

    /// Everything else.
    public static final String WRITE = "write";

    private static final String READS = ":read";
    private static final String PREFIX = "SCOPE_";

    private Scopes() {}

    /// Every scope that there is: the two wide ones, and each that some endpoint asks for.
    public static List<String> all() {
        var all = new ArrayList<>(List.of(READ, WRITE));
        EndpointTable.SHIPPED.scopes().forEach(all::add);
        return List.copyOf(all);
    }

    /// What was granted with a token or a key.
    static Set<String> of(@Nullable Authentication authentication) {
        return authentication == null ? Set.of() : of(authentication.getAuthorities());
    }

    private static Set<String> of(Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .map(GrantedAuthority::getAuthority)
                .filter(name -> name != null && name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether what was granted covers what is needed.
    static boolean cover(Collection<String> granted, String needed) {
        return granted.contains(needed) || granted.contains(needed.endsWith(READS) ? READ : WRITE);
    }

    /// Whether any reading, or any writing, is granted at all.
    static boolean coverSome(Collection<String> granted, boolean reading) {
        return granted.stream()
                .anyMatch(scope ->
                        reading
                                ? scope.equals(READ) || scope.endsWith(READS)
                                : scope.equals(WRITE)
                                        || (!scope.endsWith(READS) && scope.contains(":")));
    }
}
