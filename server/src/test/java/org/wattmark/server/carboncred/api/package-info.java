/// Tests of the import of CarbonCred's history.
@NullMarked
package org.wattmark.server.carboncred.api;

import org.jspecify.annotations.NullMarked;
