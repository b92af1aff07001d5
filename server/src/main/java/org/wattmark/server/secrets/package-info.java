/// Secrets at rest: random ones, and files that only their owner reads.
@NullMarked
package org.wattmark.server.secrets;

import org.jspecify.annotations.NullMarked;
