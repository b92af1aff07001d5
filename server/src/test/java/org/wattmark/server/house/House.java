package org.wattmark.server.house;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The plan of the house: its rooms, and who may know whom.
final class House {

    /// The folder that holds all modules: Maven runs the tests of a module in the module's folder.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// What a room may name as a Maven dependency, room by room. An arrow that stands in a pom and
    /// not here is refused, and so is one that stands here and not in the pom of an existing room.
    private static final Map<String, Set<String>> ARROWS = arrows();

    /// Libraries of the field that plain rooms may use, and the packages they bring.
    static final Map<String, String> FIELD_LIBRARIES =
            Map.of(
                    "solarpositioning", "net.e175.klaus.solarpositioning..",
                    "fastcsv", "de.siegmar.fastcsv..",
                    "commons-math3", "org.apache.commons.math3..",
                    "indriya", "tech.units.indriya..",
                    "unit-api", "javax.measure..",
                    "randomcutforest-core", "com.amazon.randomcutforest..");

    static final String SERVER = "server";

    /// Rooms outside the plain ones, which may know them: they run and measure them.
    static final Set<String> AROUND = Set.of(SERVER, "simulation", "benchmarks");

    /// Knows nothing of the rest; every room's tests may use it.
    static final String TESTING = "testing";

    private House() {}

    private static Map<String, Set<String>> arrows() {
        var arrows = new LinkedHashMap<String, Set<String>>();
        arrows.put("units", Set.of());
        arrows.put("tlog", Set.of());
        arrows.put("ledger", Set.of("units"));
        arrows.put("metering", Set.of("units"));
        arrows.put("emissions", Set.of("units"));
        arrows.put("forecast", Set.of("units"));
        arrows.put("attributes", Set.of("metering"));
        arrows.put("verification", Set.of("metering", "attributes", "emissions"));
        arrows.put("registry", Set.of("verification", "ledger", "tlog"));
        arrows.put("market", Set.of("registry", "ledger"));
        arrows.put("energymarket", Set.of("ledger", "attributes"));
        arrows.put("rewards", Set.of("metering", "ledger"));
        arrows.put("chain", Set.of("tlog", "ledger"));
        return arrows;
    }

    /// The rooms of plain Java, built or only drawn.
    static Set<String> plain() {
        return ARROWS.keySet();
    }

    static Set<String> arrowsOf(String plain) {
        return ARROWS.getOrDefault(plain, Set.of());
    }

    /// What is reached by the arrows of a plain room, the room itself among it.
    static Set<String> reach(String plain) {
        var reached = new HashSet<>(Set.of(plain));
        arrowsOf(plain).forEach(next -> reached.addAll(reach(next)));
        return Set.copyOf(reached);
    }

    /// The rooms that are built: the folders that the root pom names as modules.
    static List<String> built() {
        return Pom.of(ROOT.resolve("pom.xml")).modules();
    }

    static Pom pomOf(String room) {
        return Pom.of(ROOT.resolve(room).resolve("pom.xml"));
    }

    /// The files under a folder that end so, build products apart.
    static Set<Path> files(Path folder, String... endings) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> !file.startsWith(ROOT.resolve(".git")))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .filter(Files::isRegularFile)
                    .filter(file -> endsWithAny(file, endings))
                    .collect(toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean endsWithAny(Path file, String... endings) {
        return List.of(endings).stream().anyMatch(file.toString()::endsWith);
    }
}
