package org.wattmark.server.ledger;

import org.jspecify.annotations.Nullable;

/// Why an item of a bulk request does not reach the ledger.
///
/// @param code stable, as a problem's code
/// @param pointer the JSON pointer of the place; null if it is the item as a whole
/// @param message what is wrong, with the value and the limit
record TransferFault(String code, @Nullable String pointer, String message) {

    static final String INVALID = "invalid_value";
    static final String UNKNOWN = "unknown_field";
    static final String MISSING = "field_missing";
}
