/// What the auditor finds: tried by tampering with a real history as the database's superuser.
@NullMarked
package org.wattmark.server.audit;

import org.jspecify.annotations.NullMarked;
