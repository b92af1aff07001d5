/// Tests of carbon accounts.
@NullMarked
package org.wattmark.server.accounts;

import org.jspecify.annotations.NullMarked;
