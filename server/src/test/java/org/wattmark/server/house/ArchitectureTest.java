package org.wattmark.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the house over the classes of every room.
class ArchitectureTest {

    private static final Rules RULES = new Rules("org.wattmark");
    private static final Rules PLANTED = new Rules("org.wattmark.server.house.planted");

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(place -> !isForTests(place))
                    .importPackages(RULES.root());

    private static final JavaClasses PLANTED_HOUSE =
            new ClassFileImporter().importPackages(PLANTED.root());

    static Stream<ArchRule> rules() {
        return RULES.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseKeepsItsRules(ArchRule rule) {
        rule.check(HOUSE);
    }

    @Test
    void everyPlainRoomThatIsBuiltIsLookedAtAndTheServer() {
        var rooms = new HashSet<>(House.plain());
        rooms.add(House.SERVER);
        rooms.retainAll(House.built());

        assertThat(rooms)
                .hasSizeGreaterThanOrEqualTo(10)
                .allMatch(room -> HOUSE.containPackage(RULES.root() + "." + room));
    }

    /// The controls: each rule finds what is planted for it, and nothing where nothing is.
    @Test
    void eachRuleFindsWhatIsPlanted() {
        assertThat(found(PLANTED.arrowsOf("units"))).contains("KnowsMarket", "KnowsSpring");
        assertThat(found(PLANTED.arrowsOf("market"))).isEmpty();
        assertThat(found(PLANTED.noDatabaseNoFramework())).contains("KnowsSql", "KnowsSpring");
        assertThat(found(PLANTED.oneRoomIsOnePackage())).contains("PriceHelper");
        assertThat(found(PLANTED.noCirclesOfRooms())).contains("Cycle detected");
        assertThat(found(PLANTED.noCirclesInTheServer())).contains("Cycle detected");
        assertThat(found(PLANTED.capabilitiesDoNotKnowTheCommands())).contains("Auditor");
        assertThat(found(PLANTED.noFloatingPointInAmounts())).contains("Fraction.", "Fractions.");
        assertThat(found(PLANTED.onlyTheServerReadsTheClock()))
                .contains("InstantSource.system()", "Instant.now()", "System.currentTimeMillis()");
        assertThat(found(PLANTED.queriesGiveTheirConnectionBack())).contains("KeepsItsConnection");
        assertThat(found(PLANTED.namesSaySomething())).contains("PriceHelper");
    }

    private static String found(ArchRule rule) {
        return String.join("\n", rule.evaluate(PLANTED_HOUSE).getFailureReport().getDetails());
    }

    /// A module's test classes lie in a folder or, for another module, in a jar of their own.
    private static boolean isForTests(Location place) {
        return place.contains("/test-classes/") || place.contains("-tests.jar");
    }
}
