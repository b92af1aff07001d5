/// What an operator decides about one running server.
@NullMarked
package org.wattmark.server.settings;

import org.jspecify.annotations.NullMarked;
