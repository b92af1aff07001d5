package org.wattmark.server.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wattmark.metering.Sample;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;
import org.wattmark.metering.SampleProgress.Open;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// How far a device has come that sends packets, in a fact.
final class SampleBytes {

    /// Two binary32 numbers have 149 decimals each at the most, and so their product 298.
    private static final Pattern FRACTION = Pattern.compile("0|0\\.[0-9]{0,297}[1-9]");

    /// The last place of the bytes says nothing; it is always this.
    private static final Instant RESERVED = Instant.EPOCH;

    private SampleBytes() {}

    /// All but the last sample, which is that of the last packet.
    static Canonical write(Canonical bytes, SampleProgress progress) {
        bytes.number(progress.open().isPresent() ? 1 : 0);
        progress.open().ifPresent(o -> bytes.instant(o.start()).number(o.milliwattSeconds()));
        return bytes.number(progress.carried())
                .text(progress.fraction().toPlainString())
                .instant(RESERVED);
    }

    /// Without the last sample: see [#withLast].
    static SampleProgress read(Canonical.Reader reader) throws Malformed {
        Optional<Open> open =
                switch (Math.toIntExact(reader.number())) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(new Open(reader.instant(), reader.number()));
                    default -> throw new Malformed("one interval is open, or none");
                };
        long carried = reader.number();
        var fraction = reader.text();
        if (!FRACTION.matcher(fraction).matches()) {
            throw new Malformed("not a fraction of a milliwatt-second");
        }
        if (!reader.instant().equals(RESERVED)) {
            throw new Malformed("the reserved place is not " + RESERVED);
        }
        return new SampleProgress(Optional.empty(), open, carried, new BigDecimal(fraction));
    }

    static SampleProgress withLast(SampleProgress progress, Optional<SamplePacket> last) {
        return new SampleProgress(
                last.map(Sample::of), progress.open(), progress.carried(), progress.fraction());
    }
}
