/// PostgreSQL under our supervision, tested on real processes, and the fixtures of all server
/// tests.
@NullMarked
package org.wattmark.server.postgres;

import org.jspecify.annotations.NullMarked;
