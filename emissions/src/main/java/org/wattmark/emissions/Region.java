package org.wattmark.emissions;

import java.util.Optional;

/// An area that a publication gives an emission factor for.
///
/// @param code ISO 3166-1 alpha-3 (`GBR`; Kosovo has the user-assigned `XKX`). An area that the
///   standard has no code for has our own in lower case, so that the two never meet: `azores`
/// @param alpha2 ISO 3166-1 alpha-2, for the areas that have one
/// @param name a short English name, for people
public record Region(String code, Optional<String> alpha2, String name, Extent extent) {

    /// Whether one grid can be meant. A factor of a group of countries is for display: crediting by
    /// it would be the global default that we never use.
    public enum Extent {
        TERRITORY,
        GROUP
    }

    public Region {
        if (!code.matches("[A-Z]{3}|[a-z][a-z0-9-]{1,39}")) {
            throw new IllegalArgumentException("not a region's code: " + code);
        }
        if (alpha2.isPresent() && !alpha2.get().matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("not an alpha-2 code: " + alpha2.get());
        }
    }
}
