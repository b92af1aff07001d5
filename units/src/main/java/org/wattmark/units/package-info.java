/// Quantities as types on `long`: energy, CO₂e, money, price, periods, serial ranges, and the
/// canonical bytes that a hash of them is taken over.
@NullMarked
package org.wattmark.units;

import org.jspecify.annotations.NullMarked;
