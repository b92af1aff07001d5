/// Double entry of any asset — accounts, transfers, holds, linked transfers — and the one sequencer
/// that orders every command which moves value.
@NullMarked
package org.wattmark.ledger;

import org.jspecify.annotations.NullMarked;
