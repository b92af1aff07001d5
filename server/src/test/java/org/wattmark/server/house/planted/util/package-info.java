/// Planted: a room whose name says nothing.
@NullMarked
package org.wattmark.server.house.planted.util;

import org.jspecify.annotations.NullMarked;
