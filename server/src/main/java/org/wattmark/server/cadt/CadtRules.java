package org.wattmark.server.cadt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which rows of a file are taken: those that say what they must, belong to a row that is there,
/// are not ours, and were not told otherwise before.
final class CadtRules {

    private static final Pattern YEAR = Pattern.compile("(19|20)[0-9]{2}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,17}");

    /// First and last serial, as the end of most registries' blocks of serials.
    private static final Pattern RANGE = Pattern.compile("-([0-9]{1,18})-([0-9]{1,18})$");

    private final JdbcClient jdbc;

    CadtRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param known rows that another import told just so: they are not stored again
    record Judged(List<CadtRow> good, List<CadtRow.Fault> faults, int known) {}

    Judged judge(List<CadtRow> rows) {
        var good = new ArrayList<CadtRow>();
        var faults = new ArrayList<CadtRow.Fault>();
        var taken = new HashMap<CadtRow.Kind, Set<String>>();
        int known = 0;
        for (var kind : CadtRow.Kind.values()) {
            var here = new HashSet<String>();
            var ours = ours(kind);
            var stored = stored(kind);
            var above = parents(kind, taken);
            for (var row : rows) {
                if (row.kind() != kind) {
                    continue;
                }
                var fault =
                        fault(row)
                                .or(() -> foreign(row, ours))
                                .or(() -> ordered(row, here, above))
                                .or(() -> told(row, stored));
                if (fault.isPresent()) {
                    faults.add(fault.get());
                    continue;
                }
                here.add(row.id());
                if (stored.containsKey(row.id())) {
                    known++;
                } else {
                    good.add(row);
                }
            }
            here.addAll(stored.keySet());
            taken.put(kind, here);
        }
        return new Judged(good, faults, known);
    }

    private static Set<String> parents(CadtRow.Kind kind, Map<CadtRow.Kind, Set<String>> taken) {
        return switch (kind) {
            case PROJECT -> Set.of();
            case ISSUANCE -> taken.getOrDefault(CadtRow.Kind.PROJECT, Set.of());
            case UNIT -> taken.getOrDefault(CadtRow.Kind.ISSUANCE, Set.of());
        };
    }

    private static CadtRow.Fault fault(CadtRow row, String column, String change) {
        var value = row.text(column);
        return new CadtRow.Fault(
                row.kind().sheet,
                row.number(),
                column,
                value.length() > 100 ? value.substring(0, 100) + "…" : value,
                change);
    }

    private static Optional<CadtRow.Fault> required(CadtRow row, String... columns) {
        for (var column : columns) {
            if (row.text(column).isEmpty()) {
                return Optional.of(fault(row, column, "say it: it is empty"));
            }
        }
        return Optional.empty();
    }

    private static Optional<CadtRow.Fault> fault(CadtRow row) {
        return switch (row.kind()) {
            case PROJECT -> required(row, "warehouseProjectId", "projectName", "currentRegistry");
            case ISSUANCE ->
                    required(row, "id", "warehouseProjectId", "startDate", "endDate")
                            .or(() -> period(row));
            case UNIT ->
                    required(
                                    row,
                                    "warehouseUnitId",
                                    "issuanceId",
                                    "serialNumberBlock",
                                    "unitCount",
                                    "vintageYear",
                                    "unitStatus")
                            .or(() -> unit(row));
        };
    }

    private static Optional<CadtRow.Fault> period(CadtRow row) {
        var start = instant(row.text("startDate"));
        var end = instant(row.text("endDate"));
        if (start == null || end == null) {
            return Optional.of(
                    fault(
                            row,
                            start == null ? "startDate" : "endDate",
                            "write a date such as 2024-12-31"));
        }
        return end.isBefore(start)
                ? Optional.of(fault(row, "endDate", "it is before the start"))
                : Optional.empty();
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Optional<CadtRow.Fault> unit(CadtRow row) {
        if (!COUNT.matcher(row.text("unitCount")).matches()) {
            return Optional.of(fault(row, "unitCount", "write a whole number above 0"));
        }
        if (!YEAR.matcher(row.text("vintageYear")).matches()) {
            return Optional.of(fault(row, "vintageYear", "write a year such as 2024"));
        }
        var range = RANGE.matcher(row.text("serialNumberBlock"));
        if (range.find()) {
            long first = Long.parseLong(range.group(1));
            long last = Long.parseLong(range.group(2));
            if (last - first + 1 != Long.parseLong(row.text("unitCount"))) {
                return Optional.of(
                        fault(
                                row,
                                "unitCount",
                                "its serials are " + (last - first + 1) + ": correct one of them"));
            }
        }
        return Optional.empty();
    }

    /// What is ours is in our own books, and is not taken from a file.
    private static Optional<CadtRow.Fault> foreign(CadtRow row, Set<String> ours) {
        return ours.contains(row.id())
                ? Optional.of(fault(row, row.kind().id, "leave it out: it is this registry's own"))
                : Optional.empty();
    }

    private static Optional<CadtRow.Fault> ordered(
            CadtRow row, Set<String> here, Set<String> parents) {
        if (here.contains(row.id())) {
            return Optional.of(fault(row, row.kind().id, "leave it out: it stands there twice"));
        }
        return row.kind().parent.isEmpty() || parents.contains(row.parent())
                ? Optional.empty()
                : Optional.of(
                        fault(
                                row,
                                row.kind().parent,
                                "add the row that it names, or correct that row"));
    }

    /// What was told once is not told otherwise: undo the import, or give it another name.
    private static Optional<CadtRow.Fault> told(
            CadtRow row, Map<String, Map<String, String>> stored) {
        var before = stored.get(row.id());
        if (before == null || before.equals(row.fields())) {
            return Optional.empty();
        }
        var other =
                row.fields().entrySet().stream()
                        .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(row.kind().id);
        return Optional.of(
                fault(row, other, "an import before says otherwise: undo that one first"));
    }

    /// By id, of what stands.
    private Map<String, Map<String, String>> stored(CadtRow.Kind kind) {
        var stored = new HashMap<String, Map<String, String>>();
        jdbc.sql(
                        """
                        select row_id, fields from cadt_row
                        join cadt_import on cadt_import.id = import_id and undone_at is null
                        where kind = :kind
                        """)
                .param("kind", kind.name())
                .query(row -> {
                    stored.put(row.getString(1), CadtImports.fields(row.getString(2)));
                });
        return stored;
    }

    private Set<String> ours(CadtRow.Kind kind) {
        var ids =
                switch (kind) {
                    case PROJECT -> "select id from project";
                    case ISSUANCE -> "select id from claim";
                    case UNIT -> "select id from used_serials union select id from credit_block";
                };
        var ours = new HashSet<String>();
        jdbc.sql(ids)
                .query(row -> {
                    ours.add(row.getObject(1, UUID.class).toString());
                });
        return ours;
    }
}
