/// History that CarbonCred kept: its database is read, its hash chain checked again, and its
/// holdings recorded as self-declared history, which is never a balance.
@NullMarked
package org.wattmark.server.carboncred;

import org.jspecify.annotations.NullMarked;
