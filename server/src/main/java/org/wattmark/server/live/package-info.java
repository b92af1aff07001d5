/// What meters make at this moment, told as it comes in: Server-Sent Events.
@NullMarked
package org.wattmark.server.live;

import org.jspecify.annotations.NullMarked;
