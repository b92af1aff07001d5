/// `kill -9` of server and PostgreSQL under load, and what is left of what clients were told.
@NullMarked
package org.wattmark.server.crash;

import org.jspecify.annotations.NullMarked;
