/// From monitored energy to a verified reduction: methodologies, claims and their checks, who may
/// approve them, and the verification statement that can be recomputed to the same gram.
@NullMarked
package org.wattmark.verification;

import org.jspecify.annotations.NullMarked;
