package org.wattmark.server.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rules that are read off the classes.
///
/// @param root the package that holds the rooms: the house itself, or the planted one
record Rules(String root) {

    /// Rooms in which every quantity is an amount. Metering and forecasts measure and estimate:
    /// there a `double` may stand for an angle or a probability.
    private static final List<String> AMOUNTS =
            List.of(
                    "units",
                    "ledger",
                    "market",
                    "registry",
                    "attributes",
                    "verification",
                    "emissions",
                    "energymarket",
                    "rewards",
                    "chain");

    private static final Set<String> FLOATING =
            Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    /// Where a room of amounts makes a statistic of meters and weather. What leaves these classes
    /// is rounded to whole watt-hours, in a stated direction, before it counts.
    private static final String STATISTICS =
            ".*\\.verification\\.(DegreeDay(Fit|Model|Sample)|MeterRows|MeterSavings"
                    + "|SavingsUncertainty)(\\$.*)?";

    private static final Pattern EMPTY_WORD =
            Pattern.compile("(Util|Utils|Common|Helper|Impl|Dto|DTO|Manager)$");

    private static final Set<String> EMPTY_ROOMS =
            Set.of("util", "utils", "common", "helper", "helpers", "impl", "dto", "manager");

    /// A plain room uses the JDK, JSpecify, libraries of the field, and what its arrows reach.
    ArchRule arrowsOf(String room) {
        var allowed =
                new ArrayList<>(
                        List.of(
                                "java..",
                                "javax.crypto..",
                                "javax.xml.stream..",
                                "org.jspecify.."));
        allowed.addAll(House.FIELD_LIBRARIES.values());
        House.reach(room).forEach(reached -> allowed.add(in(reached)));
        return classes()
                .that()
                .resideInAPackage(in(room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .as(room + " knows only what its arrows reach")
                .allowEmptyShould(true);
    }

    ArchRule noDatabaseNoFramework() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in(House.SERVER))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "jakarta..",
                        "org.springframework..",
                        "org.postgresql..",
                        "com.fasterxml.jackson..",
                        "tools.jackson..");
    }

    ArchRule oneRoomIsOnePackage() {
        var plain = House.plain().stream().map(room -> root + "." + room).toArray(String[]::new);
        return classes()
                .that()
                .resideOutsideOfPackage(in(House.SERVER))
                .and()
                .resideOutsideOfPackage(in(House.TESTING))
                .should()
                .resideInAnyPackage(plain);
    }

    ArchRule noCirclesOfRooms() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /// The server's own package stands apart: the program starts there and names every command.
    ArchRule noCirclesInTheServer() {
        return slices().matching(root + "." + House.SERVER + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    /// What the capabilities may know of it: how to start a server, and how a command fails.
    ArchRule capabilitiesDoNotKnowTheCommands() {
        var server = root + "." + House.SERVER;
        return noClasses()
                .that()
                .resideInAPackage(server + ".*..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(server)
                                .and(not(nameMatching(".*\\.(Server|CommandFailed)(\\$.*)?"))))
                .allowEmptyShould(true);
    }

    ArchRule noFloatingPointInAmounts() {
        return noFields()
                .that()
                .areDeclaredInClassesThat(
                        resideInAnyPackage(AMOUNTS.stream().map(this::in).toArray(String[]::new))
                                .and(not(nameMatching(STATISTICS))))
                .should()
                .haveRawType(
                        describe(
                                "floating point",
                                type -> FLOATING.contains(type.getBaseComponentType().getName())));
    }

    ArchRule onlyTheServerReadsTheClock() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in(House.SERVER))
                .should()
                .accessTargetWhere(describe("the clock is read", Rules::readsTheClock));
    }

    /// A stream of rows keeps its connection until somebody closes it, and nobody remembers to.
    ArchRule queriesGiveTheirConnectionBack() {
        return noClasses().should().callMethod(JdbcClient.MappedQuerySpec.class, "stream");
    }

    ArchRule namesSaySomething() {
        return noClasses()
                .should()
                .haveNameMatching(".*" + EMPTY_WORD.pattern())
                .orShould(be(describe("in a room whose name says nothing", Rules::inEmptyRoom)));
    }

    /// All of them.
    Stream<ArchRule> all() {
        return Stream.concat(
                House.plain().stream().map(this::arrowsOf),
                Stream.of(
                        noDatabaseNoFramework(),
                        oneRoomIsOnePackage(),
                        noCirclesOfRooms(),
                        noCirclesInTheServer(),
                        capabilitiesDoNotKnowTheCommands(),
                        noFloatingPointInAmounts(),
                        onlyTheServerReadsTheClock(),
                        queriesGiveTheirConnectionBack(),
                        namesSaySomething()));
    }

    private String in(String room) {
        return root + "." + room + "..";
    }

    /// Calls and method references, with and without a zone.
    private static boolean readsTheClock(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return switch (access.getTarget().getName()) {
            case "now" -> owner.getPackageName().startsWith("java.time");
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "<init>" -> owner.isEquivalentTo(Date.class);
            case String name when name.startsWith("system") || name.startsWith("tick") ->
                    owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class);
            default -> false;
        };
    }

    private static boolean inEmptyRoom(JavaClass type) {
        return Stream.of(type.getPackageName().split("\\.")).anyMatch(EMPTY_ROOMS::contains);
    }
}
