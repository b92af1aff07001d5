/// Planted: where a program starts.
@NullMarked
package org.wattmark.server.house.planted.server;

import org.jspecify.annotations.NullMarked;
