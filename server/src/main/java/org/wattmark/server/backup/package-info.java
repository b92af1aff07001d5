/// Backups of a running database with the tiles of its log, and their way back into an empty one.
@NullMarked
package org.wattmark.server.backup;

import org.jspecify.annotations.NullMarked;
