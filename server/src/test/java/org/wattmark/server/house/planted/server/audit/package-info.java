/// Planted: half of a circle.
@NullMarked
package org.wattmark.server.house.planted.server.audit;

import org.jspecify.annotations.NullMarked;
