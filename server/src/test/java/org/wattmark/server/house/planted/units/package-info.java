/// Planted: a plain room that breaks every rule for plain rooms.
@NullMarked
package org.wattmark.server.house.planted.units;

import org.jspecify.annotations.NullMarked;
