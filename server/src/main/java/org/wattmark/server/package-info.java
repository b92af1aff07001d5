/// The program `wattmark`: its commands, and the server with HTTP, SQL, security and wiring.
@NullMarked
package org.wattmark.server;

import org.jspecify.annotations.NullMarked;
