/// Devices that are simulated: any number of panels at real places, honest or not, which meet a
/// running server as meters in the field do.
@NullMarked
package org.wattmark.server.simulate;

import org.jspecify.annotations.NullMarked;
