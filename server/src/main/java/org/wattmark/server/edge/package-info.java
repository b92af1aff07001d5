/// The edge agent: reads inverters, meters and home servers that cannot sign, and signs for them.
@NullMarked
package org.wattmark.server.edge;

import org.jspecify.annotations.NullMarked;
