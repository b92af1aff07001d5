package org.wattmark.registry;

import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// Something came to be known of a closed monitoring period. The log shows of which claim and by
/// how much; who said so, and why, only as a commitment.
public record ClaimCorrected(Correction correction) implements Fact {

    public static final String DOMAIN = "wattmark/claim-correction/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/claim-corrected/v1";

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(correction.id())
                        .id(correction.claim().value())
                        .text(correction.cause().name())
                        .id(correction.by())
                        .bytes(correction.evidence().bytes())
                        .energy(correction.late())
                        .number(correction.lines().size());
        for (var line : correction.lines()) {
            bytes.number(line.vintage().getValue()).co2e(line.before()).co2e(line.after());
        }
        return bytes.text(correction.reason()).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(correction.id())
                .id(correction.claim().value())
                .text(correction.cause().name())
                .energy(correction.late())
                .co2e(correction.before())
                .co2e(correction.after())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static ClaimCorrected of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(DOMAIN, content, ClaimCorrected::read);
    }

    private static ClaimCorrected read(Canonical.Reader reader) throws Canonical.Malformed {
        var id = reader.id();
        var claim = new ClaimId(reader.id());
        var cause = Correction.Cause.valueOf(reader.text());
        var by = reader.id();
        var evidence = Sha256.ofDigest(reader.bytes());
        var late = reader.energy();
        return new ClaimCorrected(
                new Correction(id, claim, cause, by, evidence, late, lines(reader), reader.text()));
    }

    private static List<Correction.Line> lines(Canonical.Reader reader) throws Canonical.Malformed {
        long count = reader.number();
        var lines = new ArrayList<Correction.Line>();
        for (long i = 0; i < count; i++) {
            lines.add(
                    new Correction.Line(
                            Year.of(Math.toIntExact(reader.number())),
                            reader.co2e(),
                            reader.co2e()));
        }
        return lines;
    }
}
