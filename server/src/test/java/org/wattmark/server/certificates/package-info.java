/// Tests of the forms that certificates take.
@NullMarked
package org.wattmark.server.certificates;

import org.jspecify.annotations.NullMarked;
