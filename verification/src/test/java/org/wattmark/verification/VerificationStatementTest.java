package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Sha256;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

class VerificationStatementTest {

    private static final int LEAF_LIMIT = 4_096;
    private static final VerificationStatement WORKED = Given.statement(Given.claim());

    @Test
    void saysWhatTheClaimCameTo() {
        var statement = Given.statement(Given.claim());

        assertThat(statement.net()).isEqualTo(new Co2e(2_649_038));
        assertThat(statement.factors())
                .hasToString("[grid: ember-2024/GBR/average of grid-factors/1 = 215.79 g/kWh]");
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
                .isEqualTo("cddb4107d36530a34d8763b8c067aafb9fd023bd925e7ea99a10f4b98cd7895d");
    }

    @Test
    void fitsALeafAtItsLargest() {
        var bytes = largest().canonicalBytes();

        assertThat(bytes.length).isGreaterThan(3_000).isLessThan(LEAF_LIMIT - 128);
    }

    @Test
    void whatOnlyItsOwnerAttestsIsAttestedByNamingTheDocumentsSeen() {
        var claim =
                new Claim(
                        new ClaimId(Given.id(10)),
                        Given.id(11),
                        Given.PROPONENT,
                        Given.PROPONENT_PERSON,
                        Given.OWNER,
                        Given.SITE,
                        List.of(new Claim.Series(Given.DEVICE, Channel.GENERATION)),
                        Given.YEAR_2025,
                        AssuranceTier.T0,
                        UnitClass.LIVE,
                        Optional.empty(),
                        true);
        var draft = VerificationStatement.draft(claim, Given.assess(claim), Given.NOW);
        var verifier = new VerifiedBy.Verifier(Given.VERIFIER.id());
        var machine = new VerifiedBy.Machine("demo", 1);
        var bill = Sha256.of(new byte[] {7});

        assertThat(draft.by(verifier, List.of(bill), Given.NOW).tier()).isEqualTo(AssuranceTier.T1);
        assertThat(draft.by(verifier, List.of(), Given.NOW).tier()).isEqualTo(AssuranceTier.T0);
        assertThat(draft.by(machine, List.of(bill), Given.NOW).tier()).isEqualTo(AssuranceTier.T0);
    }

    private static VerificationStatement largest() {
        var most = BigDecimal.valueOf(Long.MAX_VALUE).add(new BigDecimal("0.99999999999999999999"));
        var name = "a".repeat(40);
        var factor =
                new CitedFactor(
                        "baseline", "grid-factors/1", name, new BigDecimal("215.79"), "g/kWh", "");
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
                Collections.nCopies(VerificationStatement.MOST_FACTORS, factor),
                Optional.of(MeterClass.CLASS_0_2),
                new Reduction(List.of(line, second)),
                AssuranceTier.T3,
                UnitClass.TEST,
                new VerifiedBy.Machine(name, Integer.MAX_VALUE),
                Sha256.NONE,
                Sha256.NONE,
                Collections.nCopies(VerificationStatement.MOST_DOCUMENTS, Sha256.NONE),
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
    void aTimeFinerThanTheRecordKeepsIsRefused() {
        var fine = Instant.parse("2026-02-01T12:00:00.000000001Z");
        var claim = Given.claim(UnitClass.TEST, Optional.empty());
        var assessment = Given.assess(claim);

        assertThatThrownBy(() -> VerificationStatement.draft(claim, assessment, fine))
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
