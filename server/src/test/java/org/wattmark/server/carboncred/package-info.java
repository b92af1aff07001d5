/// Tests of the import of CarbonCred's history.
@NullMarked
package org.wattmark.server.carboncred;

import org.jspecify.annotations.NullMarked;
