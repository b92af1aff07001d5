/// Tests of the maker's kit.
@NullMarked
package org.wattmark.server.conformance;

import org.jspecify.annotations.NullMarked;
