/// Secrets and keys that lie in HashiCorp Vault and not on this machine.
@NullMarked
package org.wattmark.server.vault;

import org.jspecify.annotations.NullMarked;
