/// Planted: half of a circle.
@NullMarked
package org.wattmark.server.house.planted.server.log;

import org.jspecify.annotations.NullMarked;
