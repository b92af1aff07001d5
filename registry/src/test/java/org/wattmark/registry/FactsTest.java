package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.wattmark.registry.Given.HOLDER;
import static org.wattmark.registry.Given.VERIFIER_ACTS;
import static org.wattmark.registry.Given.claim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Fact;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.Intervention.ChangeFees;
import org.wattmark.registry.Intervention.ReverseReduction;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.UnitClass;

/// The facts of a history in which each kind of fact occurs.
class FactsTest {

    @Test
    void everyFactIsReadBackFromItsBytes() {
        try (var office = givenAFullHistory()) {
            for (var entry : office.journal.entries()) {
                assertThat(Office.readBack(entry.fact().content())).isEqualTo(entry.fact());
            }

            assertThat(kinds(office))
                    .containsKeys(
                            ProjectRegistered.class,
                            ClaimSubmitted.class,
                            ClaimAssessed.class,
                            ClaimRefused.class,
                            ClaimStep.class,
                            DesignSubmitted.class,
                            DesignJudged.class,
                            StatementMade.class,
                            CreditsIssued.class,
                            RetirementStatement.class,
                            UnitsCancelled.class,
                            InterventionProposed.class,
                            InterventionDecided.class,
                            InterventionMade.class,
                            ReductionReversed.class,
                            ReversalCovered.class,
                            PoolMembership.class,
                            PoolDivided.class,
                            FeesSet.class,
                            FeeCharged.class,
                            GranularRequested.class,
                            GranularDecided.class,
                            GranularIssued.class,
                            GranularRetirement.class);
        }
    }

    @Test
    void aReplayOfTheJournalGivesTheSameState() {
        try (var office = givenAFullHistory()) {
            var contents = office.contents();

            var replayed = office.replayed();

            assertThat(replayed).isEqualTo(contents);
            assertThat(contents.get("allocation")).isNotEmpty();
        }
    }

    @Test
    void factsThatAreCutOrHaveMoreAreMalformed() {
        try (var office = givenAFullHistory()) {
            for (var fact : kinds(office).values()) {
                var content = fact.content();
                for (int length = 0; length < content.length; length++) {
                    var cut = Arrays.copyOf(content, length);
                    assertThatExceptionOfType(Canonical.Malformed.class)
                            .as("%s cut to %d", fact, length)
                            .isThrownBy(() -> Office.parse(cut));
                }
                var longer = Arrays.copyOf(content, content.length + 1);
                assertThatExceptionOfType(Canonical.Malformed.class)
                        .isThrownBy(() -> Office.parse(longer));
            }
        }
    }

    @Test
    void aChangedByteIsAnotherFactOrNone() {
        try (var office = givenAFullHistory()) {
            for (var fact : kinds(office).values()) {
                var content = fact.content();
                for (int i = 0; i < content.length; i++) {
                    var changed = content.clone();
                    changed[i] ^= 1;
                    try {
                        assertThat(Office.parse(changed)).isNotEqualTo(fact);
                    } catch (Canonical.Malformed e) {
                        assertThat(e.getMessage()).isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void theLogShowsNeitherWhoAskedNorInWhoseName() {
        try (var office = givenAFullHistory()) {
            for (var entry : office.journal.entries()) {
                var leaf = Bytes.of(entry.leaf()).hex();

                assertThat(leaf).doesNotContain(hexOf("Example Ltd"));
                if (entry.fact() instanceof ClaimSubmitted(var claim)) {
                    var series = claim.series().getFirst().device().value();
                    assertThat(leaf)
                            .doesNotContain(hexOf(claim.submittedBy()))
                            .doesNotContain(hexOf(claim.beneficialOwner()))
                            .doesNotContain(hexOf(series))
                            .contains(hexOf(claim.project()));
                }
            }
        }
    }

    private static String hexOf(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String hexOf(UUID id) {
        return id.toString().replace("-", "");
    }

    private static Office givenAFullHistory() {
        var office = Office.open();
        var block = office.givenIssued(claim(1, UnitClass.LIVE));
        var _ = office.retire(Given.id(70), Given.HOLDER, block, new Co2e(10));
        office.givenAssessed(claim(2, UnitClass.LIVE));
        var _ = office.act(VERIFIER_ACTS, claim(2, UnitClass.LIVE), ClaimAction.TAKE);
        var _ = office.refuse(VERIFIER_ACTS, claim(2, UnitClass.LIVE));
        var _ = office.givenIssued(claim(3, UnitClass.TEST));
        var _ = office.submit(claim(4, UnitClass.LIVE));
        var tooMuch = Given.evidence(Energy.ofKilowattHours(1_000_000_000));
        office.givenAssessed(claim(5, 5, UnitClass.LIVE, Optional.of(Given.SOLAR_MARGIN)), tooMuch);
        givenLife(office, block);
        givenHours(office);
        PoolsTest.givenDivided(office);
        return office;
    }

    /// Hours are certified and retired; others are not.
    private static void givenHours(Office office) {
        var hours = new GivenHours(office);
        var certificate = hours.issued(1);
        var _ = hours.retire(Given.TEST_HOLDER, certificate, 40);
        var _ = hours.request(UnitClass.LIVE, 2);
        var _ = hours.decide(2, Given.REGISTRAR_ACTS, false);
    }

    /// Units are lost, made good, cancelled and charged for.
    private static void givenLife(Office office, CreditBlock block) {
        var reversal = Given.id(71);
        var _ = office.propose(reversal, new ReverseReduction(block.id(), new Co2e(300_000)));
        var _ = office.decide(reversal, Office.OTHER_CLERK, true);
        var _ =
                office.apply(
                        new CoverReversal(
                                Given.id(72), HOLDER, reversal, block.id(), new Co2e(35_096)));
        var _ =
                office.apply(
                        new CancelCredits(
                                Given.id(73), HOLDER, block.id(), new Co2e(9), "For the climate"));
        givenMoney(office, 5_000);
        var _ = office.intervene(new ChangeFees(FeesTest.schedule(1_000, 2_000)));
        var _ = office.retire(Given.id(74), HOLDER, block, new Co2e(500_000));
    }

    static void givenMoney(Office office, long cents) {
        var euro = Currency.getInstance("EUR");
        var bank = SystemAccounts.bank(euro, UnitClass.LIVE);
        office.apply(OpenAccounts.of(bank));
        var id = office.nextId();
        var transfer =
                Transfer.numbered(
                        id,
                        0,
                        bank.id(),
                        HOLDER,
                        SystemAccounts.money(euro, UnitClass.LIVE),
                        cents);
        assertThat(office.apply(new Act(id, ledger -> ledger.post(transfer))))
                .isInstanceOf(Posting.Posted.class);
    }

    private static Map<Class<?>, Fact> kinds(Office office) {
        var kinds = new LinkedHashMap<Class<?>, Fact>();
        office.journal.entries().forEach(entry -> kinds.put(entry.fact().getClass(), entry.fact()));
        return kinds;
    }
}
