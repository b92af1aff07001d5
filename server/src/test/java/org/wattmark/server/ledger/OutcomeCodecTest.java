package org.wattmark.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Receipt;
import org.wattmark.market.Deposit;
import org.wattmark.market.DepositStep;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.Project;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.units.Money;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

class OutcomeCodecTest {

    private static final Receipt RECEIPT = new Receipt(7, "00ff");
    private static final MethodologyId SOLAR = new MethodologyId("solar-displacement", 1);

    private final OutcomeCodec codec =
            new OutcomeCodec(
                    Stream.of(
                            Posting.class,
                            Retirement.class,
                            Registration.class,
                            DepositStep.class));

    @Test
    void whatIsKeptIsReadBackAsItWas() {
        var outcomes =
                List.of(
                        new Posting.Posted(List.of(RECEIPT)),
                        new Posting.Rejected(1, Posting.Reason.EXCEEDS_BALANCE),
                        new Retirement.Retired(statement(machine()), RECEIPT),
                        new Retirement.Retired(statement(verifier()), RECEIPT),
                        new Registration.Registered(project(), RECEIPT),
                        new DepositStep.Taken(deposit(), RECEIPT));

        assertThat(outcomes).allSatisfy(each -> assertThat(readBack(each)).isEqualTo(each));
    }

    @Test
    void anOutcomeThatNoCommandEndsInIsNotKept() {
        assertThatThrownBy(() -> codec.encode("just a text"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Object readBack(Object outcome) {
        return codec.decode(codec.encode(outcome));
    }

    private static VerifiedBy machine() {
        return new VerifiedBy.Machine("demo", 1);
    }

    private static VerifiedBy verifier() {
        return new VerifiedBy.Verifier(new UUID(0, 5));
    }

    private static RetirementStatement statement(VerifiedBy by) {
        return new RetirementStatement(
                new UUID(0, 1),
                new UUID(0, 2),
                new SerialRange(1, 10),
                UnitClass.TEST,
                Year.of(2026),
                new UUID(0, 3),
                "GBR",
                SOLAR,
                new ClaimId(new UUID(0, 4)),
                by,
                AssuranceTier.T2,
                AccountId.testHolder(new UUID(0, 6)),
                Instant.parse("2026-03-01T12:00:00.000001Z"),
                "A bakery",
                "");
    }

    private static Project project() {
        return new Project(
                new UUID(0, 1),
                Organisation.uncontrolled(new UUID(0, 2)),
                "A roof",
                "GBR",
                "Europe/London",
                SOLAR,
                UnitClass.LIVE);
    }

    private static Deposit deposit() {
        return new Deposit(
                new UUID(0, 1),
                new UUID(0, 2),
                AccountId.holder(new UUID(0, 3)),
                Money.of(100, "EUR"),
                "B-1",
                Deposit.State.REQUESTED,
                Optional.empty());
    }
}
