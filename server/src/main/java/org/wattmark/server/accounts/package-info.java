/// A firm's carbon accounts: its sites, activities and bills, and the inventories and reports made
/// of them.
@NullMarked
package org.wattmark.server.accounts;

import org.jspecify.annotations.NullMarked;
