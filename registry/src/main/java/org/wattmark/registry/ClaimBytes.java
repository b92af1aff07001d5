package org.wattmark.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.verification.Claim;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// A claim as canonical bytes, and back.
public final class ClaimBytes {

    private static final String DOMAIN = "wattmark/claim/v1";

    private ClaimBytes() {}

    public static byte[] write(Claim claim) {
        var bytes = Canonical.of(DOMAIN).id(claim.id().value()).id(claim.project());
        organisation(bytes, claim.proponent());
        bytes.id(claim.submittedBy())
                .id(claim.beneficialOwner())
                .id(claim.site())
                .number(claim.series().size());
        claim.series().forEach(each -> bytes.id(each.device().value()).text(each.channel().name()));
        return bytes.period(claim.monitoringPeriod())
                .text(claim.tier().name())
                .text(claim.unitClass().name())
                .text(claim.forcedFactor().orElse(""))
                .number(claim.exclusivityDeclared() ? 1 : 0)
                .bytes(claim.data().map(MonitoredData::content).orElse(new byte[0]))
                .toByteArray();
    }

    public static Claim read(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return checked(() -> read(reader));
    }

    private static Claim read(Canonical.Reader reader) throws Malformed {
        var claim =
                new Claim(
                        new ClaimId(reader.id()),
                        reader.id(),
                        organisation(reader),
                        reader.id(),
                        reader.id(),
                        reader.id(),
                        series(reader),
                        reader.period(),
                        AssuranceTier.valueOf(reader.text()),
                        UnitClass.valueOf(reader.text()),
                        Optional.of(reader.text()).filter(factor -> !factor.isEmpty()),
                        reader.number() == 1,
                        data(reader.bytes()));
        reader.end();
        return claim;
    }

    private static Optional<MonitoredData> data(byte[] content) throws Malformed {
        return content.length == 0 ? Optional.empty() : Optional.of(MonitoredData.of(content));
    }

    private static List<Claim.Series> series(Canonical.Reader reader) throws Malformed {
        long count = reader.number();
        var series = new ArrayList<Claim.Series>();
        for (long i = 0; i < count; i++) {
            series.add(new Claim.Series(new DeviceId(reader.id()), Channel.valueOf(reader.text())));
        }
        return series;
    }

    /// An organisation, and who controls it: itself if nobody else does.
    static void organisation(Canonical bytes, Organisation organisation) {
        bytes.id(organisation.id()).id(organisation.controller().orElse(organisation.id()));
    }

    static Organisation organisation(Canonical.Reader reader) throws Malformed {
        var id = reader.id();
        return new Organisation(
                id, Optional.of(reader.id()).filter(controller -> !controller.equals(id)));
    }

    /// Reads, and turns the types' own complaints into [Malformed].
    static <T> T checked(Reading<T> reading) throws Malformed {
        try {
            return reading.read();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed(String.valueOf(e.getMessage()));
        }
    }

    /// Some steps of a reader.
    @FunctionalInterface
    interface Reading<T> {

        T read() throws Malformed;
    }
}
