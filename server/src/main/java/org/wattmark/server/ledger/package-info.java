/// The journal in PostgreSQL, the tables it adds up to, and the one sequencer of the server.
@NullMarked
package org.wattmark.server.ledger;

import org.jspecify.annotations.NullMarked;
