package org.wattmark.server.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The authorisation matrix, `access/endpoints.csv`: a line for each endpoint says who may ask.
///
/// The server refuses by it before a body is read, and a test asks each cell over HTTP. Columns:
///
/// | column | says |
/// |---|---|
/// | method, path | the endpoint, as the OpenAPI document names it |
/// | scope | what a token or key needs; `-` where nobody signs in |
/// | gate | `value`: only a verified organisation, because it moves value |
/// | step | `recent`: a person must have signed in within minutes; `amount`: above a limit |
/// | others | the answer to an id of another tenant's: a status, `open`, or `own` for no id |
/// | anyone | `x` if no token is needed |
/// | the roles | `x` if that role may ask |
final class EndpointTable {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private static final List<String> COLUMNS =
            List.of("method", "path", "scope", "gate", "step", "others", "anyone");

    /// The one that the server goes by.
    static final EndpointTable SHIPPED = read("/access/endpoints.csv");

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /// @param scope empty where nobody signs in
    record Row(
            String method,
            String path,
            Optional<String> scope,
            boolean movesValue,
            Step step,
            String others,
            boolean forAnyone,
            Set<Role> roles) {

        Row {
            roles = Set.copyOf(roles);
        }

        /// Whoever is signed in may ask, with no role at all.
        boolean forEveryMember() {
            return roles.size() == Role.values().length;
        }

        boolean allows(Collection<Role> held) {
            return forAnyone || forEveryMember() || held.stream().anyMatch(roles::contains);
        }
    }

    /// How recently a person must have signed in.
    enum Step {
        NONE,
        RECENT,
        /// As the controller says, by how much it is.
        AMOUNT
    }

    static EndpointTable of(String csv) {
        var table = new EndpointTable();
        var lines = csv.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        var head = cells(lines.getFirst());
        var roles = head.subList(COLUMNS.size(), head.size()).stream().map(Role::valueOf).toList();
        if (!head.subList(0, COLUMNS.size()).equals(COLUMNS)
                || !EnumSet.copyOf(roles).equals(EnumSet.allOf(Role.class))) {
            throw new IllegalArgumentException("the head of the endpoint table is wrong: " + head);
        }
        lines.stream().skip(1).forEach(line -> table.add(line, roles));
        return table;
    }

    private void add(String line, List<Role> columns) {
        var cells = cells(line);
        if (cells.size() != COLUMNS.size() + columns.size()) {
            throw new IllegalArgumentException("not all cells are there: " + line);
        }
        var roles = EnumSet.noneOf(Role.class);
        for (int i = 0; i < columns.size(); i++) {
            if (isMarked(cells.get(COLUMNS.size() + i), line)) {
                roles.add(columns.get(i));
            }
        }
        var row =
                new Row(
                        cells.get(0),
                        cells.get(1),
                        Optional.of(cells.get(2)).filter(scope -> !scope.equals("-")),
                        oneOf(cells.get(3), "-", "value", line),
                        step(cells.get(4), line),
                        cells.get(5),
                        isMarked(cells.get(6), line),
                        roles);
        if (rows.put(key(row.method(), row.path()), row) != null) {
            throw new IllegalArgumentException("this endpoint stands twice: " + line);
        }
    }

    private static boolean isMarked(String cell, String line) {
        return oneOf(cell, ".", "x", line);
    }

    private static boolean oneOf(String cell, String no, String yes, String line) {
        if (!cell.equals(no) && !cell.equals(yes)) {
            throw new IllegalArgumentException(
                    "'" + cell + "' is neither " + no + " nor " + yes + ": " + line);
        }
        return cell.equals(yes);
    }

    private static Step step(String cell, String line) {
        return switch (cell) {
            case "-" -> Step.NONE;
            case "recent" -> Step.RECENT;
            case "amount" -> Step.AMOUNT;
            default -> throw new IllegalArgumentException("step '" + cell + "': " + line);
        };
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        for (var cell : line.split(",", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    /// Empty for an endpoint that has no line. No such endpoint is built: a test refuses it.
    Optional<Row> row(String method, String path) {
        return Optional.ofNullable(rows.get(key(method, path)));
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    Set<String> scopes() {
        var scopes = new TreeSet<String>();
        rows.values().forEach(row -> row.scope().ifPresent(scopes::add));
        return scopes;
    }

    /// What a variable is called makes no other endpoint of it, and a HEAD is a GET.
    private static String key(String method, String path) {
        var asked = method.equals("HEAD") ? "GET" : method;
        return asked + " " + VARIABLE.matcher(path).replaceAll("{}");
    }

    private static EndpointTable read(String resource) {
        try (var stream =
                Objects.requireNonNull(EndpointTable.class.getResourceAsStream(resource))) {
            return of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
