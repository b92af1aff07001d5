/// Meters over MQTT 5: a broker of our own or any other, and the feed that takes batches from it.
@NullMarked
package org.wattmark.server.mqtt;

import org.jspecify.annotations.NullMarked;
