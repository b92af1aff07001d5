/// Emission factors with unit, kind and source, the choice of one of them for crediting, and the
/// greenhouse gas inventories that firms make with them.
@NullMarked
package org.wattmark.emissions;

import org.jspecify.annotations.NullMarked;
