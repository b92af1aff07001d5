package org.wattmark.registry;

import java.util.ArrayList;
import java.util.List;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;
import org.wattmark.verification.UnitClass;

/// Hours of a device are closed, and their attributes reserved for granular certificates. The log
/// shows of which device and time; who asks, only as a commitment.
public record GranularRequested(GranularIssuance issuance) implements Fact {

    public static final String DOMAIN = "wattmark/granular-requested/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/granular-requested-published/v1";

    /// A month of hours, every other one of which is whole.
    private static final int MAX_RUNS = 400;

    public GranularRequested {
        if (issuance.state() != GranularIssuance.State.REQUESTED) {
            throw new IllegalArgumentException("an issuance begins undecided: " + issuance);
        }
    }

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(issuance.id())
                        .id(issuance.project())
                        .id(issuance.device().value())
                        .text(issuance.unitClass().name())
                        .text(issuance.tier().name())
                        .id(issuance.requestedBy())
                        .number(issuance.hours().size());
        issuance.hours().forEach(bytes::period);
        return bytes.toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(issuance.id())
                .id(issuance.project())
                .id(issuance.device().value())
                .period(issuance.span())
                .text(issuance.unitClass().name())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static GranularRequested of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader -> {
                    var id = reader.id();
                    var project = reader.id();
                    var device = new DeviceId(reader.id());
                    var unitClass = UnitClass.valueOf(reader.text());
                    var tier = AssuranceTier.valueOf(reader.text());
                    var requestedBy = reader.id();
                    return new GranularRequested(
                            new GranularIssuance(
                                    id,
                                    project,
                                    device,
                                    runs(reader),
                                    unitClass,
                                    tier,
                                    requestedBy,
                                    GranularIssuance.State.REQUESTED));
                });
    }

    private static List<Period> runs(Canonical.Reader reader) throws Canonical.Malformed {
        long size = reader.number();
        if (size < 1 || size > MAX_RUNS) {
            throw new Canonical.Malformed("a list of " + size + " runs of hours");
        }
        var runs = new ArrayList<Period>();
        for (int i = 0; i < size; i++) {
            runs.add(reader.period());
        }
        return runs;
    }
}
