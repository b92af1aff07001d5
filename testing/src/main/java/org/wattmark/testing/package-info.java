/// What every module's tests share: properties over seeds, a settable clock, and real data if
/// present.
@NullMarked
package org.wattmark.testing;

import org.jspecify.annotations.NullMarked;
