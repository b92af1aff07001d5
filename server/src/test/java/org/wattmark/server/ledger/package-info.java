/// The journal in PostgreSQL under its contract, and the sequencer on it.
@NullMarked
package org.wattmark.server.ledger;

import org.jspecify.annotations.NullMarked;
