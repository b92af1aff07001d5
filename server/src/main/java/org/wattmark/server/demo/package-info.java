/// The walk of a reading, played whole over HTTP by simulated devices and called simulated.
@NullMarked
package org.wattmark.server.demo;

import org.jspecify.annotations.NullMarked;
