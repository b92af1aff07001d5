/// Devices and readings, tested over real HTTP and a real database.
@NullMarked
package org.wattmark.server.metering;

import org.jspecify.annotations.NullMarked;
