/// The edge agent, on real Modbus TCP, real brokers and a real server.
@NullMarked
package org.wattmark.server.edge;

import org.jspecify.annotations.NullMarked;
