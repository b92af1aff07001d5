/// Tests of the commands and of the server as a whole.
@NullMarked
package org.wattmark.server;

import org.jspecify.annotations.NullMarked;
