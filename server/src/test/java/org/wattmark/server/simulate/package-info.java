/// Tests of devices that are simulated.
@NullMarked
package org.wattmark.server.simulate;

import org.jspecify.annotations.NullMarked;
