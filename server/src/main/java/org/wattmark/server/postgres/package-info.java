/// PostgreSQL under our supervision, or somebody else's by URL, and the proof that it is durable.
@NullMarked
package org.wattmark.server.postgres;

import org.jspecify.annotations.NullMarked;
