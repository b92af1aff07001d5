package org.wattmark.verification;

import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

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
        bytes.number(statement.factors().size());
        for (var factor : statement.factors()) {
            bytes.text(factor.role())
                    .text(factor.library())
                    .text(factor.id())
                    .decimal(factor.value())
                    .text(factor.unit());
        }
        bytes.text(statement.meterClass().map(MeterClass::name).orElse(""));
        writeReduction(bytes, statement.reduction());
        bytes.text(statement.tier().name()).text(statement.unitClass().name());
        switch (statement.verifiedBy()) {
            case VerifiedBy.Verifier(var organisation) -> bytes.text(VERIFIER).id(organisation);
            case VerifiedBy.Machine(var policy, var version) ->
                    bytes.text(MACHINE).text(policy).number(version);
        }
        bytes.bytes(statement.findings().bytes())
                .bytes(statement.evidence().bytes())
                .number(statement.documents().size());
        statement.documents().forEach(document -> bytes.bytes(document.bytes()));
        return bytes.instant(statement.at()).toByteArray();
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
                        factors(reader),
                        meterClass(reader.text()),
                        reduction(reader),
                        named(AssuranceTier.values(), reader.text()),
                        named(UnitClass.values(), reader.text()),
                        verifiedBy(reader),
                        digest(reader),
                        digest(reader),
                        documents(reader),
                        reader.instant());
        reader.end();
        return statement;
    }

    private static List<CitedFactor> factors(Canonical.Reader reader) throws Malformed {
        var factors = new ArrayList<CitedFactor>();
        for (long left = few(reader, VerificationStatement.MOST_FACTORS); left > 0; left--) {
            factors.add(
                    new CitedFactor(
                            reader.text(),
                            reader.text(),
                            reader.text(),
                            reader.decimal(),
                            reader.text(),
                            ""));
        }
        return factors;
    }

    private static List<Sha256> documents(Canonical.Reader reader) throws Malformed {
        var documents = new ArrayList<Sha256>();
        for (long left = few(reader, VerificationStatement.MOST_DOCUMENTS); left > 0; left--) {
            documents.add(digest(reader));
        }
        return documents;
    }

    private static long few(Canonical.Reader reader, int most) throws Malformed {
        long count = reader.number();
        if (count < 0 || count > most) {
            throw new Malformed("at most " + most + ", not " + count);
        }
        return count;
    }

    private static Optional<MeterClass> meterClass(String name) throws Malformed {
        return name.isEmpty() ? Optional.empty() : Optional.of(named(MeterClass.values(), name));
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
