/// What of each metered interval is still unclaimed, and the one claim that uses what is not: one
/// watt-hour backs one claim.
@NullMarked
package org.wattmark.attributes;

import org.jspecify.annotations.NullMarked;
