/// Problems: every answer of 400 or above, in the form of RFC 9457, with a code that never changes.
@NullMarked
package org.wattmark.server.problem;

import org.jspecify.annotations.NullMarked;
