/// Organisations and their members: who belongs to which, as what, with which keys, and every
/// change of that as an entry of the journal.
@NullMarked
package org.wattmark.server.organisations;

import org.jspecify.annotations.NullMarked;
