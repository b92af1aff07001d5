/// Rewards over HTTP on a real database.
@NullMarked
package org.wattmark.server.rewards;

import org.jspecify.annotations.NullMarked;
