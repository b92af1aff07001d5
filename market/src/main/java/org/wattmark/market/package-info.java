/// Credits offered at a fixed price, bought all or none against payment with an itemised fee, and
/// the deposits by which money comes in.
@NullMarked
package org.wattmark.market;

import org.jspecify.annotations.NullMarked;
