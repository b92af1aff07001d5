package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.metering.Examples.LATER;
import static org.wattmark.metering.Examples.readings;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Canonical;

/// The chain of a device's batches. The vectors were made by another program (Python's `struct` and
/// OpenSSL) from docs/data.md alone, under the first secret key of RFC 8032 §7.1.
class ReadingBatchTest {

    private static final DeviceKey KEY =
            new DeviceKey("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    private static final ReadingBatch FIRST =
            batch(1, Sha256.NONE, readings("2026-03-01T12:00:00Z", 412, -1));
    private static final ReadingBatch SECOND =
            batch(
                    2,
                    new Sha256("8ec1abde06590714818dcfdf81bdc289c47a32eb0010143c22fd15ca13790cfb"),
                    readings("2026-03-01T12:30:00Z", 405));

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device = Examples.fixed(signer.key(), 6_000);

    @Test
    void eachBatchNamesTheHashOfTheOneBefore() {
        assertThat(FIRST.sha256()).isEqualTo(SECOND.previous());
        assertThat(SECOND.sha256().hex())
                .isEqualTo("37a8519fef394dbfd043e4e6ebfbb9a7eec2f16eda1944b900ae1629a5788e5e");
    }

    @Test
    void theVectorsAreSignedByTheirKey() {
        var first =
                "517d3b18fd4a2d7ee0fadf6f9cbbfbcbd5d12e2fe71153c91820a6b7882a4cb3"
                        + "369a36cbc387ad05b2d344458fce2d1d38f365757eb716536ecc97bd1d1eef04";
        var second =
                "815d6e2a988823086d8b2c1134c0a80891c9a6231a18de5ea3dfcaaaf5918deb"
                        + "963bd9a1335568888d463b250d363ee53c35d943e018d1a307a68fff8f2db10d";

        assertThat(KEY.verifies(FIRST.canonicalBytes(), new DeviceSignature(first))).isTrue();
        assertThat(KEY.verifies(SECOND.canonicalBytes(), new DeviceSignature(second))).isTrue();
        assertThat(KEY.verifies(SECOND.canonicalBytes(), new DeviceSignature(first))).isFalse();
    }

    @Test
    void aBatchIsReadBackFromItsBytes() throws Canonical.Malformed {
        assertThat(ReadingBatch.read(SECOND.canonicalBytes())).isEqualTo(SECOND);
    }

    @Test
    void batchesThatWaitedForDaysAreTakenInInTheirOrder() {
        var queue = new BatchQueue(device.id(), signer, 0, Sha256.NONE);
        queue.add(Channel.GENERATION, readings("2025-07-01T19:00:00Z", 900));
        queue.add(Channel.GENERATION, readings("2025-07-02T19:00:00Z", 900));
        queue.add(Channel.IMPORT, readings("2025-07-03T03:00:00Z", 50));

        var progress = delivered(queue, DeviceProgress.NONE);

        assertThat(progress.lastSequence()).isEqualTo(3);
        assertThat(progress.stated(Channel.GENERATION).ranges()).hasSize(2);
    }

    @Test
    void whatWaitedUntilItsPeriodWasClosedIsStoredAsLate() {
        var queue = new BatchQueue(device.id(), signer, 0, Sha256.NONE);
        queue.add(Channel.GENERATION, readings("2025-07-01T19:00:00Z", 900));
        var closed = DeviceProgress.NONE.closing(Channel.GENERATION, Examples.JULY_FIRST);

        var admitted = admitted(queue.first().orElseThrow(), closed);

        assertThat(admitted.accepted()).hasSize(1);
        assertThat(admitted.findings()).extracting(Finding::rule).containsExactly(Rule.LATE);
    }

    @Test
    void anAnswerThatWasLostIsMadeUpForByWhatTheServerSays() {
        var queue = new BatchQueue(device.id(), signer, 0, Sha256.NONE);
        queue.add(Channel.GENERATION, readings("2025-07-01T19:00:00Z", 900));
        queue.add(Channel.GENERATION, readings("2025-07-01T19:15:00Z", 900));
        var second = queue.first().orElseThrow();
        var progress = admitted(second, DeviceProgress.NONE).next();

        queue.resumeAt(progress.lastSequence(), progress.lastBatch());

        assertThat(queue.size()).isEqualTo(1);
        assertThat(delivered(queue, progress).lastSequence()).isEqualTo(2);
    }

    @Test
    void aBatchThatIsRefusedForEverHoldsUpNothing() {
        var queue = new BatchQueue(device.id(), signer, 0, Sha256.NONE);
        queue.add(Channel.GENERATION, readings("2025-07-01T19:00:00Z", 900));
        queue.add(Channel.GENERATION, readings("2025-07-01T19:00:00Z", 800));
        queue.add(Channel.GENERATION, readings("2025-07-01T19:15:00Z", 900));
        var progress = admitted(queue.first().orElseThrow(), DeviceProgress.NONE).next();
        queue.firstWasTaken();

        queue.firstWasRefused();

        assertThat(delivered(queue, progress).lastSequence()).isEqualTo(2);
    }

    /// Wherever answers are lost and wherever the device begins anew, each reading is stored once.
    @Seeded(worlds = 20)
    void nothingIsLostOrStoredTwiceHoweverAnswersAreLost(RandomGenerator random) {
        var all = readings("2025-07-01T12:00:00Z", new long[24]);
        var queue = new BatchQueue(device.id(), signer, 0, Sha256.NONE);
        all.forEach(reading -> queue.add(Channel.GENERATION, List.of(reading)));
        var progress = DeviceProgress.NONE;
        var stored = new ArrayList<IntervalReading>();

        while (queue.first().isPresent()) {
            var admitted = admitted(queue.first().orElseThrow(), progress);
            stored.addAll(admitted.accepted());
            progress = admitted.next();
            if (random.nextBoolean()) {
                queue.firstWasTaken();
            } else {
                queue.resumeAt(progress.lastSequence(), progress.lastBatch());
            }
        }

        assertThat(stored).isEqualTo(all);
    }

    private DeviceProgress delivered(BatchQueue queue, DeviceProgress from) {
        var progress = from;
        while (queue.first().isPresent()) {
            progress = admitted(queue.first().orElseThrow(), progress).next();
            queue.firstWasTaken();
        }
        return progress;
    }

    private Admitted admitted(SignedBatch signed, DeviceProgress progress) {
        var inspected = (Inspected) Intake.inspect(signed, device, LATER);
        return (Admitted) Intake.admit(inspected, progress);
    }

    private static ReadingBatch batch(
            long sequence, Sha256 previous, List<IntervalReading> readings) {
        return new ReadingBatch(Examples.PANEL, Channel.GENERATION, sequence, previous, readings);
    }
}
