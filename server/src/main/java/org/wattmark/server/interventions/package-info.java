/// What happens to units after they were issued, over HTTP and in SQL: cancellations, what two
/// persons of the registry decide, reversals, corrections, fees.
@NullMarked
package org.wattmark.server.interventions;

import org.jspecify.annotations.NullMarked;
