/// Tests of the transparency log over the journal, on a real database and real files.
@NullMarked
package org.wattmark.server.log;

import org.jspecify.annotations.NullMarked;
