/// Faults of the network, the database and the clock, put in on purpose, and races.
@NullMarked
package org.wattmark.server.faults;

import org.jspecify.annotations.NullMarked;
