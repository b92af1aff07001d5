/// Devices, the bonds that tie them to an owner, the readings they sign, and the checks that say
/// whether a reading can be true.
@NullMarked
package org.wattmark.metering;

import org.jspecify.annotations.NullMarked;
