/// Measurements of Wattmark, each beside a named rival that is measured in the same run.
@NullMarked
package org.wattmark.benchmarks;

import org.jspecify.annotations.NullMarked;
