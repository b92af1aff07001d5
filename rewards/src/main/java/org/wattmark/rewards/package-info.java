/// What devices earn by what they generate: programmes and their funding, dated tariffs, daily
/// caps, price-linked rates that halve, payouts and stakes. A reward is a payment and never a
/// claim.
@NullMarked
package org.wattmark.rewards;

import org.jspecify.annotations.NullMarked;
