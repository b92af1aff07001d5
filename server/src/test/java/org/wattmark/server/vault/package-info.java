/// Secrets and keys in a Vault, which here is a stub of its HTTP interface.
@NullMarked
package org.wattmark.server.vault;

import org.jspecify.annotations.NullMarked;
