/// Tests of mirrors.
@NullMarked
package org.wattmark.server.mirror;

import org.jspecify.annotations.NullMarked;
