/// Rewards over HTTP: programmes and tariffs that two persons agree on, what devices earn, payouts
/// and stakes; and the chore that rewards what was metered.
@NullMarked
package org.wattmark.server.rewards;

import org.jspecify.annotations.NullMarked;
