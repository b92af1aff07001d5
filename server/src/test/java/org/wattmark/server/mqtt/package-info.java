/// Meters over MQTT, on a real broker and a real database.
@NullMarked
package org.wattmark.server.mqtt;

import org.jspecify.annotations.NullMarked;
