/// Tests of certified models.
@NullMarked
package org.wattmark.server.certification;

import org.jspecify.annotations.NullMarked;
