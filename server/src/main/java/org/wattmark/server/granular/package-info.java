/// Granular certificates over HTTP and in SQL: what a device generated in one hour, issued, held,
/// transferred and retired.
@NullMarked
package org.wattmark.server.granular;

import org.jspecify.annotations.NullMarked;
