/// The transparency log over the journal: its key, its checkpoints, and what anyone may read of it.
@NullMarked
package org.wattmark.server.log;

import org.jspecify.annotations.NullMarked;
