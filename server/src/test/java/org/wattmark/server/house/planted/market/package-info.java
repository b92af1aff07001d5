/// Planted: a room that keeps the rules, and that `units` must not know.
@NullMarked
package org.wattmark.server.house.planted.market;

import org.jspecify.annotations.NullMarked;
