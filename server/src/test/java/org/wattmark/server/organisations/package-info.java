/// The entries that changes of access make.
@NullMarked
package org.wattmark.server.organisations;

import org.jspecify.annotations.NullMarked;
