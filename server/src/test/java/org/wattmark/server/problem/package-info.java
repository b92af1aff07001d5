/// Problems, tested over real HTTP.
@NullMarked
package org.wattmark.server.problem;

import org.jspecify.annotations.NullMarked;
