package org.wattmark.server.cadt;

import java.util.Map;

/// A row of a file in the shape of CADT.
///
/// @param number in its sheet, with the names in row 1; in JSON as if there were such a sheet
/// @param fields by CADT's names, every value as text; what is null or empty is not there
record CadtRow(Kind kind, int number, Map<String, String> fields) {

    enum Kind {
        PROJECT("projects", "warehouseProjectId", ""),
        ISSUANCE("issuances", "id", "warehouseProjectId"),
        UNIT("units", "warehouseUnitId", "issuanceId");

        /// The sheet's name, and the list's.
        final String sheet;

        /// The field that names the row.
        final String id;

        /// The field that names the row it belongs to; empty if there is none.
        final String parent;

        Kind(String sheet, String id, String parent) {
            this.sheet = sheet;
            this.id = id;
            this.parent = parent;
        }
    }

    String id() {
        return text(kind.id);
    }

    String parent() {
        return kind.parent.isEmpty() ? "" : text(kind.parent);
    }

    /// Empty if it is not there.
    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /// What is wrong with it.
    record Fault(String sheet, int row, String column, String value, String change) {}
}
