package org.wattmark.verification;

import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.verification.VerificationStatement.FactorUsed;

/// A verification statement as canonical bytes, and back.
final class StatementBytes {

    private static final String DOMAIN = "wattmark/verification-statement/v1";
    private static final String VERIFIER = "verifier";
    private static final String MACHINE = "machine";
    private static final int MOST_LINES = 2;

    private StatementBytes() {}

    static byte[] write(VerificationStatement statement) {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(statement.claim().value())
                        .id(statement.project())
                        .period(statement.monitoringPeriod())
                        .text(statement.methodology().name())
                        .number(statement.methodology().version());
        var factor = statement.factor();
        bytes.text(factor.set().name())
                .number(factor.set().version())
                .text(factor.id())
                .decimal(factor.gramsPerKilowattHour())
                .text(statement.meterClass().name());
        writeReduction(bytes, statement.reduction());
        bytes.text(statement.tier().name()).text(statement.unitClass().name());
        switch (statement.verifiedBy()) {
            case VerifiedBy.Verifier(var organisation) -> bytes.text(VERIFIER).id(organisation);
            case VerifiedBy.Machine(var policy, var version) ->
                    bytes.text(MACHINE).text(policy).number(version);
        }
        return bytes.bytes(statement.findings().bytes())
                .bytes(statement.evidence().bytes())
                .instant(statement.at())
                .toByteArray();
    }

    private static void writeReduction(Canonical bytes, Reduction reduction) {
        bytes.number(reduction.lines().size());
        for (var line : reduction.lines()) {
            bytes.number(line.vintage().getValue())
                    .energy(line.energy())
                    .decimal(line.gross())
                    .decimal(line.carriedIn())
                    .co2e(line.deduction())
                    .co2e(line.net())
                    .decimal(line.carriedOut());
        }
    }

    static VerificationStatement read(byte[] content) throws Malformed {
        try {
            return readChecked(content);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // The types' own rules: a remainder of 1 g, parts that do not sum, an odd name.
            throw new Malformed("not a verification statement: " + e.getMessage());
        }
    }

    private static VerificationStatement readChecked(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        var statement =
                new VerificationStatement(
                        new ClaimId(reader.id()),
                        reader.id(),
                        reader.period(),
                        new MethodologyId(reader.text(), version(reader)),
                        new FactorUsed(
                                new EmissionFactorSet(reader.text(), version(reader)),
                                reader.text(),
                                reader.decimal()),
                        named(MeterClass.values(), reader.text()),
                        reduction(reader),
                        named(AssuranceTier.values(), reader.text()),
                        named(UnitClass.values(), reader.text()),
                        verifiedBy(reader),
                        digest(reader),
                        digest(reader),
                        reader.instant());
        reader.end();
        return statement;
    }

    private static int version(Canonical.Reader reader) throws Malformed {
        return Math.toIntExact(reader.number());
    }

    private static Reduction reduction(Canonical.Reader reader) throws Malformed {
        long count = reader.number();
        if (count < 1 || count > MOST_LINES) {
            throw new Malformed("one or two vintages, not " + count);
        }
        List<Reduction.Line> lines = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            lines.add(
                    new Reduction.Line(
                            year(reader),
                            reader.energy(),
                            reader.decimal(),
                            reader.decimal(),
                            reader.co2e(),
                            reader.co2e(),
                            reader.decimal()));
        }
        return new Reduction(lines);
    }

    private static Year year(Canonical.Reader reader) throws Malformed {
        long year = reader.number();
        if (year < 2000 || year > 2199) { // the years that readings may be of
            throw new Malformed("not a vintage: " + year);
        }
        return Year.of((int) year);
    }

    private static VerifiedBy verifiedBy(Canonical.Reader reader) throws Malformed {
        var kind = reader.text();
        return switch (kind) {
            case VERIFIER -> new VerifiedBy.Verifier(reader.id());
            case MACHINE -> new VerifiedBy.Machine(reader.text(), version(reader));
            default -> throw new Malformed("verified by neither verifier nor machine: " + kind);
        };
    }

    private static Sha256 digest(Canonical.Reader reader) throws Malformed {
        return Sha256.ofDigest(reader.bytes());
    }

    private static <E extends Enum<E>> E named(E[] values, String name) throws Malformed {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Malformed("unknown: " + name));
    }
}
