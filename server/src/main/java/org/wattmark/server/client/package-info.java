/// A running server from outside: signing in, asking, bonding a device, by its public interfaces
/// only.
@NullMarked
package org.wattmark.server.client;

import org.jspecify.annotations.NullMarked;
