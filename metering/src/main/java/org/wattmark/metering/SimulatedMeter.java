package org.wattmark.metering;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.wattmark.units.Period;

/// A simulated panel with a key: it signs batch after batch, as a meter in the field does, and it
/// can cheat in the ways that the checks must find.
public final class SimulatedMeter {

    private final SimulatedPanel panel;
    private final DeviceSigner signer;
    private long sequence;
    private Sha256 previous = Sha256.NONE;

    public SimulatedMeter(SimulatedPanel panel, DeviceSigner signer) {
        if (!panel.device().key().equals(signer.key())) {
            throw new IllegalArgumentException("the signer's key is not the device's");
        }
        this.panel = panel;
        this.signer = signer;
    }

    /// What the panel made in the period, as the device's next batch.
    public SignedBatch honest(Period period) {
        return next(Channel.GENERATION, panel.readings(period));
    }

    /// A third of peak power in the deep of the night.
    public SignedBatch nightGeneration(Period period) {
        return cheating(Fraud.NIGHT, period);
    }

    /// Twice the peak power while the sun shines.
    public SignedBatch overCapacity(Period period) {
        return cheating(Fraud.OVER_CAPACITY, period);
    }

    private SignedBatch cheating(Fraud fraud, Period period) {
        var since = LocalDate.ofInstant(period.start(), ZoneOffset.UTC);
        var cheat = new CheatingPanel(panel, fraud, since, panel);
        return next(Channel.GENERATION, cheat.readings(period));
    }

    /// Signs these readings as the device's next batch.
    public SignedBatch next(Channel channel, List<IntervalReading> readings) {
        var batch =
                new ReadingBatch(panel.device().id(), channel, sequence + 1, previous, readings);
        sequence = batch.sequence();
        previous = batch.sha256();
        return signer.sign(batch);
    }

    /// The same batch under a signature in which one bit is turned.
    public static SignedBatch forged(SignedBatch signed) {
        var signature = signed.signature().bytes();
        signature[0] ^= 1;
        return new SignedBatch(signed.batch(), DeviceSignature.of(signature));
    }
}
