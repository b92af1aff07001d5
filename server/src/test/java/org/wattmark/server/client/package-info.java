/// Tests of a server from outside.
@NullMarked
package org.wattmark.server.client;

import org.jspecify.annotations.NullMarked;
