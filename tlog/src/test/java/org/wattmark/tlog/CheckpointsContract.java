package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What holds for checkpoints wherever they are kept. Each test begins with none.
public abstract class CheckpointsContract {

    private static final SigningKey KEY = SigningKey.generate("log.example", SignatureType.ED25519);
    private static final SigningKey WITNESS =
            SigningKey.generate("witness.example", SignatureType.COSIGNATURE);

    protected abstract Checkpoints checkpoints();

    private static SignedCheckpoint of(long size) {
        return signed(new Checkpoint("log.example", size, rootOf(size)));
    }

    /// Stands for the root of that size; no tree is looked at here.
    private static Hash rootOf(long size) {
        return size == 0 ? Merkle.EMPTY_ROOT : Merkle.leafHash(new byte[(int) size]);
    }

    private static SignedCheckpoint otherOf(long size) {
        return signed(new Checkpoint("log.example", size, Merkle.leafHash(new byte[0])));
    }

    private static SignedCheckpoint signed(Checkpoint checkpoint) {
        var text = checkpoint.text();
        return SignedCheckpoint.of(new SignedNote(text, List.of(KEY.sign(text))));
    }

    @Test
    protected void theLatestIsWhatWasPublishedLast() {
        var checkpoints = checkpoints();
        assertThat(checkpoints.latest()).isEmpty();

        assertThat(checkpoints.replace(Optional.empty(), of(0))).isTrue();
        assertThat(checkpoints.replace(Optional.of(of(0)), of(3))).isTrue();

        assertThat(checkpoints.latest()).hasValue(of(3));
    }

    @Test
    protected void aLeafIsCoveredByTheFirstCheckpointThatHasIt() {
        var checkpoints = checkpoints();
        checkpoints.replace(Optional.empty(), of(0));
        checkpoints.replace(Optional.of(of(0)), of(3));
        checkpoints.replace(Optional.of(of(3)), of(300));

        assertThat(checkpoints.covering(0)).hasValue(of(3));
        assertThat(checkpoints.covering(2)).hasValue(of(3));
        assertThat(checkpoints.covering(3)).hasValue(of(300));
        assertThat(checkpoints.covering(299)).hasValue(of(300));
        assertThat(checkpoints.covering(300)).isEmpty();
    }

    @Test
    protected void onlyWhoKnowsTheLatestReplacesIt() {
        var checkpoints = checkpoints();
        checkpoints.replace(Optional.empty(), of(3));

        assertThat(checkpoints.replace(Optional.empty(), of(4))).isFalse();
        assertThat(checkpoints.replace(Optional.of(of(2)), of(4))).isFalse();
        assertThat(checkpoints.replace(Optional.of(otherOf(3)), of(4))).isFalse();

        assertThat(checkpoints.latest()).hasValue(of(3));
    }

    @Test
    protected void nothingIsReplacedWhereNothingIs() {
        var checkpoints = checkpoints();

        assertThat(checkpoints.replace(Optional.of(of(0)), of(3))).isFalse();

        assertThat(checkpoints.latest()).isEmpty();
    }

    @Test
    protected void publishingTwiceIsPublishingOnce() {
        var checkpoints = checkpoints();
        checkpoints.replace(Optional.empty(), of(3));
        checkpoints.replace(Optional.of(of(3)), of(5));

        assertThat(checkpoints.replace(Optional.of(of(3)), of(5))).isTrue();
        assertThat(checkpoints.replace(Optional.empty(), of(3))).isFalse();

        assertThat(checkpoints.latest()).hasValue(of(5));
    }

    @Test
    protected void theLogNeverShrinksAndNeverHasTwoRootsForOneSize() {
        var checkpoints = checkpoints();
        checkpoints.replace(Optional.empty(), of(3));

        assertThat(checkpoints.replace(Optional.of(of(3)), of(2))).isFalse();
        assertThat(checkpoints.replace(Optional.of(of(3)), otherOf(3))).isFalse();

        assertThat(checkpoints.latest()).hasValue(of(3));
    }

    @Test
    protected void theLatestMayBeCosigned() {
        var checkpoints = checkpoints();
        checkpoints.replace(Optional.empty(), of(3));
        var cosigned = of(3).with(WITNESS.cosign(of(3), Instant.EPOCH));

        assertThat(checkpoints.replace(Optional.of(of(3)), cosigned)).isTrue();

        assertThat(checkpoints.latest()).hasValue(cosigned);
        assertThat(checkpoints.covering(0)).hasValue(cosigned);
    }

    @Test
    protected void aLeafIsCoveredRatherByACheckpointThatEnoughWitnessesCosigned() {
        var checkpoints = checkpoints();
        var cosigned = of(7).with(WITNESS.cosign(of(7), Instant.EPOCH));
        checkpoints.replace(Optional.empty(), of(3));
        assertThat(checkpoints.covering(2, 1)).hasValue(of(3));

        checkpoints.replace(Optional.of(of(3)), of(5));
        checkpoints.replace(Optional.of(of(5)), cosigned);
        checkpoints.replace(Optional.of(cosigned), of(9));

        assertThat(checkpoints.covering(2, 0)).hasValue(of(3));
        assertThat(checkpoints.covering(2, 1)).hasValue(cosigned);
        assertThat(checkpoints.covering(2, 2)).hasValue(of(3));
        assertThat(checkpoints.covering(7, 1)).hasValue(of(9));
        assertThat(checkpoints.covering(9, 1)).isEmpty();
    }
}
