/// Emission factors of electricity grids with unit, kind and source, and the choice of one of them
/// for crediting.
@NullMarked
package org.wattmark.emissions;

import org.jspecify.annotations.NullMarked;
