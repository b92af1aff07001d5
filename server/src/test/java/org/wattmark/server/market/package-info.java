/// The market over real HTTP, on a real database.
@NullMarked
package org.wattmark.server.market;

import org.jspecify.annotations.NullMarked;
