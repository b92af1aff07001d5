/// Tests of backups and of their way back.
@NullMarked
package org.wattmark.server.backup;

import org.jspecify.annotations.NullMarked;
