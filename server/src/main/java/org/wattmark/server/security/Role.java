package org.wattmark.server.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody may do; some of them are also what an organisation is.
///
/// Members hold roles in their organisation. What follows from them, such as that an owner may do
/// what a trader may, is worked out by [#effective], so nothing else needs to know of it.
public enum Role {
    /// Runs projects and holds their credits.
    PROPONENT,
    /// Judges the claims of others, never of its own organisation.
    VERIFIER,
    /// Buys and retires credits.
    BUYER,
    /// Runs the registry.
    OPERATOR,
    /// Answers for the organisation: its members, keys and money.
    OWNER,
    /// Keeps the carbon accounts. Moves nothing.
    ACCOUNTANT,
    /// Buys, sells, transfers and retires for the organisation.
    TRADER,
    /// Sees all that the organisation has, and changes nothing.
    AUDITOR,
    /// Makes meters, deposits the keys of those that it ships, and has models certified.
    DEVICE_MAKER;

    /// What every organisation may give its members.
    private static final Set<Role> COMMON = EnumSet.of(OWNER, ACCOUNTANT, TRADER, AUDITOR);

    private static final Set<Role> KINDS =
            EnumSet.of(PROPONENT, VERIFIER, BUYER, OPERATOR, DEVICE_MAKER);

    /// Kinds whose own role its owner has too. Judging claims and running the registry are given to
    /// persons by name, and an owner does not have them for being the owner.
    private static final Set<Role> OWNERS_TOO = EnumSet.of(PROPONENT, BUYER, DEVICE_MAKER);

    /// What an organisation is whose first member has this role: a firm that is nothing else can
    /// still buy.
    Role kind() {
        return KINDS.contains(this) ? this : BUYER;
    }

    /// What members of an organisation of this kind can be.
    public static Set<Role> grantableIn(Role kind) {
        var grantable = EnumSet.copyOf(COMMON);
        grantable.add(kind);
        if (kind == PROPONENT) {
            grantable.add(BUYER);
        }
        return grantable;
    }

    /// The roles that somebody holds, and those that follow from them in an organisation of this
    /// kind.
    public static Set<Role> effective(Collection<Role> held, Role kind) {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(held);
        if (roles.contains(OWNER)) {
            roles.add(TRADER);
            roles.add(ACCOUNTANT);
            if (OWNERS_TOO.contains(kind)) {
                roles.add(kind);
            }
        }
        if (roles.contains(TRADER)) {
            roles.add(BUYER);
        }
        return roles;
    }

    /// As the database has them.
    public static String[] names(Collection<Role> roles) {
        return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }

    public static Set<Role> ofNames(String[] names) {
        return Arrays.stream(names).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
