package org.wattmark.server.house;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a file may look, wherever it stands in the house.
class TidyTest {

    @Test
    void everyJavaFileIsTidy() {
        var sources = House.files(House.ROOT, ".java").stream().map(Source::read);

        assertThat(sources.flatMap(source -> Tidy.faults(source).stream())).isEmpty();
    }

    @Test
    void noTextNamesAFolderOfOneMachine() {
        var texts = House.files(House.ROOT, ".md", ".xml", ".yml", ".sql", ".json", ".html");
        var scripts = Stream.of(House.ROOT.resolve("wattmark"), House.ROOT.resolve(".ci/run"));

        var sources = Stream.concat(texts.stream(), scripts).map(Source::read);

        assertThat(sources.flatMap(source -> Tidy.machinePaths(source).stream())).isEmpty();
    }

    @Test
    void everyPackageSaysWhatIsInItAndThatNothingIsNull() {
        var packages =
                House.files(House.ROOT, ".java").stream()
                        .map(Source::read)
                        .collect(groupingBy(Source::packageFolder, TreeMap::new, toList()));

        assertThat(packages.values().stream().flatMap(each -> Tidy.packageFault(each).stream()))
                .isEmpty();
    }

    @Test
    void everyMigrationHasANumberOfItsOwn() {
        var migrations = House.ROOT.resolve("server/src/main/resources/db/migration");
        var names = House.files(migrations, "").stream().map(file -> file.getFileName().toString());

        assertThat(Tidy.migrationFaults(names.toList())).isEmpty();
    }

    /// The controls: each fault, planted into a file that has no other.
    @ParameterizedTest
    @CsvSource({
        "70,        void planted() {{ }},                the method has 72 lines",
        "497,       '',                                  the file has 501 lines",
        "0,         // TO%DO later,                      line 3 leaves something undone",
        "0,         // FIX%ME later,                     line 3 leaves something undone",
        "0,         @Dis%abled void planted() {},        line 3 skips a test",
        "0,         void p() { assume%True(false); },    line 3 skips a test",
        "0,         void p() { Thread.sl%eep(1); },      line 3 sleeps",
        "0,         // see /ro%ot/notes,                 line 3 names a folder of one machine",
    })
    void aPlantedFaultIsFound(int emptyLines, String line, String fault) {
        var planted = line.replace("%", "").replace("{{ }}", "{" + "\n".repeat(71) + "}");
        var body = planted.contains("\n") ? planted : planted + "\n".repeat(emptyLines);

        var faults = Tidy.faults(sourceOf("package p;\nclass Planted {\n" + body + "\n}\n"));

        assertThat(faults).hasSize(1).first().asString().contains(fault);
    }

    @Test
    void aPlantedLongLineIsFound() {
        var faults = Tidy.faults(sourceOf("package p;\n\n// " + "x ".repeat(49) + "\n"));

        assertThat(faults).containsExactly("Planted.java: line 3 has 101 characters");
    }

    @Test
    void aPlantedPackageWithoutItsSentenceOrItsMarkIsFound() {
        var type = sourceOf("package p;\n");
        var unmarked = new Source(Path.of("package-info.java"), "/// Planted.\npackage p;\n");
        var silent = new Source(Path.of("package-info.java"), "@NullMarked\npackage p;\n");

        assertThat(Tidy.packageFault(List.of(type))).isPresent();
        assertThat(Tidy.packageFault(List.of(type, unmarked))).isPresent();
        assertThat(Tidy.packageFault(List.of(type, silent))).isPresent();
    }

    @Test
    void aPlantedMigrationIsFound() {
        var names = List.of("V1__a.sql", "V1__b.sql", "V2_c.sql", "V3__d.sql");

        assertThat(Tidy.migrationFaults(names))
                .containsExactly("V2_c.sql is no name", "number 1 is given 2 times");
    }

    private static Source sourceOf(String text) {
        return new Source(Path.of("Planted.java"), text);
    }
}
