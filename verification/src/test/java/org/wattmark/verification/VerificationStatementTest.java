package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.VerificationStatement.FactorUsed;

class VerificationStatementTest {

    private static final int LEAF_LIMIT = 4_096;
    private static final VerificationStatement WORKED = Given.statement(Given.claim());

    @Test
    void saysWhatTheClaimCameTo() {
        var statement = Given.statement(Given.claim());

        assertThat(statement.net()).isEqualTo(new Co2e(2_649_038));
        assertThat(statement.factor().id()).isEqualTo("ember-2024/GBR/average");
        assertThat(statement.factor().set()).hasToString("grid-factors/1");
        assertThat(statement.methodology()).hasToString("solar-displacement/1");
        assertThat(statement.verifiedBy()).isEqualTo(new VerifiedBy.Verifier(Given.VERIFIER.id()));
        assertThat(statement.at()).isEqualTo(Given.NOW);
    }

    @Test
    void bytesComeBackAsTheSameStatement() throws Malformed {
        var byVerifier = Given.statement(Given.claim());
        var byMachine = largest();

        assertThat(VerificationStatement.parse(byVerifier.canonicalBytes())).isEqualTo(byVerifier);
        assertThat(VerificationStatement.parse(byMachine.canonicalBytes())).isEqualTo(byMachine);
    }

    /// If this changes, every statement that was ever logged reads differently: bump the domain.
    @Test
    void theBytesOfVersion1NeverChange() {
        var statement = Given.statement(Given.claim());

        assertThat(Sha256.of(statement.canonicalBytes()).hex())
                .isEqualTo("968aedbcba4dbd283e297fc862e23c9a4461986b937ab38965a4caf80c8fdeca");
    }

    @Test
    void fitsALeafAtItsLargest() {
        var bytes = largest().canonicalBytes();

        assertThat(bytes.length).isLessThanOrEqualTo(1_024).isLessThan(LEAF_LIMIT);
    }

    private static VerificationStatement largest() {
        var most = BigDecimal.valueOf(Long.MAX_VALUE).add(new BigDecimal("0.99999999999999999999"));
        var name = "a".repeat(40);
        var line =
                new Reduction.Line(
                        Year.of(2025),
                        new Energy(Long.MAX_VALUE),
                        most,
                        BigDecimal.ZERO,
                        Co2e.ZERO,
                        new Co2e(Long.MAX_VALUE),
                        new BigDecimal("0.99999999999999999999"));
        var none = BigDecimal.ZERO;
        var second =
                new Reduction.Line(
                        Year.of(2026), Energy.ZERO, none, none, Co2e.ZERO, Co2e.ZERO, none);
        return new VerificationStatement(
                new ClaimId(Given.id(1)),
                Given.id(2),
                Given.YEAR_2025,
                new MethodologyId(name, Integer.MAX_VALUE),
                new FactorUsed(
                        new EmissionFactorSet(name, Integer.MAX_VALUE), name.repeat(3), most),
                MeterClass.CLASS_0_2,
                new Reduction(List.of(line, second)),
                AssuranceTier.T3,
                UnitClass.TEST,
                new VerifiedBy.Machine(name, Integer.MAX_VALUE),
                Sha256.NONE,
                Sha256.NONE,
                Given.NOW);
    }

    @Seeded(worlds = 2_000)
    void changedBytesAreMalformedOrAnotherStatement(RandomGenerator random) {
        var bytes = WORKED.canonicalBytes();

        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));

        try {
            var parsed = VerificationStatement.parse(bytes);
            assertThat(parsed).isNotEqualTo(WORKED);
            assertThat(parsed.canonicalBytes()).isEqualTo(bytes);
        } catch (Malformed expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }

    @Seeded
    void truncatedOrLengthenedBytesAreMalformed(RandomGenerator random) {
        var bytes = WORKED.canonicalBytes();

        var shorter = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        var longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));

        assertThatThrownBy(() -> VerificationStatement.parse(shorter))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> VerificationStatement.parse(longer)).isInstanceOf(Malformed.class);
    }

    @Test
    void onlyAnApprovedClaimHasAStatement() {
        var claim = Given.claim();
        var assessment = Given.assess(claim);
        var checked =
                Given.taken(Given.submitted(claim).check(Given.MACHINE_ACTS, assessment.report()));

        assertThatThrownBy(() ->
                        VerificationStatement.of(
                                checked,
                                assessment,
                                Given.evidence(),
                                Given.FACTORS.set(),
                                Given.NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeFinerThanTheRecordKeepsIsRefused() {
        var fine = Instant.parse("2026-02-01T12:00:00.000000001Z");
        var claim = Given.claim(UnitClass.TEST, Optional.empty());
        var assessment = Given.assess(claim);
        var checked =
                Given.taken(Given.submitted(claim).check(Given.MACHINE_ACTS, assessment.report()));
        var approved = Given.taken(checked.approve(Given.VERIFIER_ACTS));

        assertThatThrownBy(() ->
                        VerificationStatement.of(
                                approved, assessment, Given.evidence(), Given.FACTORS.set(), fine))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDigestsCommitToFindingsAndEvidence() {
        var statement = Given.statement(Given.claim());

        assertThat(statement.findings()).isEqualTo(Given.green().sha256());
        assertThat(statement.evidence()).isEqualTo(Given.evidence().digest());
        assertThat(HexFormat.of().parseHex(statement.sha256().hex())).hasSize(32);
    }
}
