/// Devices and their readings over HTTP, in the journal and in SQL.
@NullMarked
package org.wattmark.server.metering;

import org.jspecify.annotations.NullMarked;
