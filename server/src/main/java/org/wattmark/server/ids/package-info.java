/// Ids that clients choose, so that what they send twice is done once.
@NullMarked
package org.wattmark.server.ids;

import org.jspecify.annotations.NullMarked;
