package org.wattmark.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An arrow is a Maven dependency: the poms say what the plan of the house says.
class ArrowsTest {

    @Test
    void everyRoomThatIsBuiltStandsInThePlan() {
        var known = new TreeSet<>(House.plain());
        known.addAll(House.AROUND);
        known.add(House.TESTING);

        assertThat(House.built()).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void thePomsDrawTheArrowsOfThePlanAndNoOthers() {
        var rooms = House.built().stream().filter(House.plain()::contains).toList();

        var faults = rooms.stream().flatMap(room -> faults(room, House.pomOf(room)).stream());

        assertThat(faults).isEmpty();
    }

    @Test
    void theRoomForTestsKnowsNothingOfTheRest() {
        var dependencies = House.pomOf(House.TESTING).dependencies();

        assertThat(dependencies).noneMatch(Pom.Dependency::isOurs);
    }

    /// The control: each kind of wrong pom is found.
    @Test
    void aPlantedArrowIsFound(@TempDir Path folder) throws IOException {
        var back = pom(folder, "org.wattmark", "wattmark-market", "");
        var framework = pom(folder, "org.springframework", "spring-jdbc", "");
        var inTests = pom(folder, "org.wattmark", "wattmark-market", "<scope>test</scope>");

        assertThat(faults("units", back))
                .containsExactly("units has the arrow(s) [market], not []");
        assertThat(faults("units", framework)).containsExactly("units may not use spring-jdbc");
        assertThat(faults("units", inTests)).containsExactly("units tests with [market]");
        assertThat(faults("ledger", framework)).contains("ledger has the arrow(s) [], not [units]");
    }

    private static List<String> faults(String room, Pom pom) {
        var faults = new ArrayList<String>();
        var drawn = rooms(pom, false);
        var planned = new TreeSet<>(House.arrowsOf(room));
        if (!drawn.equals(planned)) {
            faults.add("%s has the arrow(s) %s, not %s".formatted(room, drawn, planned));
        }
        var inTests = rooms(pom, true);
        inTests.remove(House.TESTING);
        inTests.removeAll(House.reach(room)); // their test jars
        if (!inTests.isEmpty()) {
            faults.add("%s tests with %s".formatted(room, inTests));
        }
        pom.dependencies().stream()
                .filter(each -> !each.isOurs() && !each.isForTests())
                .filter(each -> !House.FIELD_LIBRARIES.containsKey(each.artifact()))
                .forEach(each -> faults.add(room + " may not use " + each.artifact()));
        return faults;
    }

    private static Set<String> rooms(Pom pom, boolean forTests) {
        var rooms = new TreeSet<String>();
        pom.dependencies().stream()
                .filter(each -> each.isOurs() && each.isForTests() == forTests)
                .forEach(each -> rooms.add(each.room()));
        return rooms;
    }

    private static Pom pom(Path folder, String group, String artifact, String scope)
            throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("pom.xml"),
                        """
                        <project><dependencies><dependency>
                          <groupId>%s</groupId><artifactId>%s</artifactId>%s
                        </dependency></dependencies></project>
                        """
                                .formatted(group, artifact, scope));
        return Pom.of(file);
    }
}
