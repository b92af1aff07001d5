/// The market over HTTP and SQL: listings, purchases, and the deposits by which money comes in.
@NullMarked
package org.wattmark.server.market;

import org.jspecify.annotations.NullMarked;
