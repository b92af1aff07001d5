package org.wattmark.server.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.log.RemoteLog;
import org.wattmark.server.mirror.PlantedLog.History;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import picocli.CommandLine;

/// A mirror and a log that may do anything.
class FollowerTest {

    @TempDir private Path folder = Path.of("");

    private History honest;
    private History forked;
    private PlantedLog log;
    private MirrorFolder mirror;
    private Follower follower;

    @SuppressWarnings("NullAway.Init") // set before each test
    FollowerTest() {}

    @BeforeEach
    void begin() throws IOException {
        var two = History.twoWithOneKey(folder);
        honest = two.get(0);
        forked = two.get(1);
        log = new PlantedLog(honest);
        mirror = MirrorFolder.open(folder.resolve("mirror"));
        follower =
                new Follower(
                        new RemoteLog(log.url()),
                        Trust.parse(Trust.pinning(honest.key())),
                        mirror,
                        _ -> {});
    }

    @AfterEach
    void end() {
        log.close();
        mirror.close();
        honest.close();
        forked.close();
    }

    private void requireWhole(long size) {
        var mirrored = new MirroredLog(mirror);
        var verifier = new OfflineVerifier(Trust.parse(Trust.pinning(honest.key())));
        assertThat(mirrored.latest().orElseThrow().checkpoint())
                .isEqualTo(honest.latest().checkpoint());
        for (long index = 0; index < size; index += 1 + size / 1_000) {
            var proof = mirrored.proof(index).orElseThrow();
            assertThat(verifier.verify(honest.leaf(index), proof))
                    .as("entry " + index)
                    .isInstanceOf(Verdict.Logged.class);
        }
    }

    @Test
    void everySizeIsFollowedAndEveryEntryProven() {
        for (int growth : List.of(1, 2, 250, 3, 1, 256, 300)) {
            honest.grow(growth, "entry");

            assertThat(follower.once()).isInstanceOf(Round.Followed.class);

            assertThat(follower.once())
                    .isEqualTo(
                            new Round.Followed(
                                    honest.latest().checkpoint().size(),
                                    honest.latest().checkpoint().size()));
        }

        requireWhole(813);
        assertThat(new MirroredLog(mirror).indexOf(Merkle.leafHash(honest.leaf(700))))
                .hasValue(700);
        assertThat(new MirroredLog(mirror).indexOf(Merkle.leafHash(new byte[1]))).isEmpty();
    }

    @Test
    void aTreeOfThreeLevelsIsFollowed() {
        honest.grow(65_536 + 257, "entry");

        assertThat(follower.once()).isEqualTo(new Round.Followed(0, 65_793));

        var mirrored = new MirroredLog(mirror);
        for (var path :
                List.of(
                        new TilePath(2, 0, 1),
                        new TilePath(1, 0, 256),
                        new TilePath(1, 1, 1),
                        new TilePath(0, 257, 1),
                        new TilePath(0, 13, 100))) {
            var wanted = honest.tile(path).or(() -> honest.tile(new TilePath(0, 13, 256)));
            assertThat(wanted.orElseThrow()).startsWith(mirrored.tile(path).orElseThrow());
        }
        assertThat(mirrored.tile(new TilePath(0, 257, 2))).isEmpty();
        assertThat(mirrored.tile(new TilePath(3, 0, 1))).isEmpty();
        assertThat(mirrored.tile(new TilePath(0, Long.MAX_VALUE, 1))).isEmpty();
    }

    /// Each call gets so far; what it kept is not fetched again.
    @Test
    void anInterruptedMirrorGoesOnWhereItWas() {
        honest.grow(40_000, "entry");
        int interrupted = 0;
        log.failAfter(200); // of some 320 tiles and bundles
        while (mirror.served().isEmpty()) {
            try {
                assertThat(follower.once()).isInstanceOf(Round.Followed.class);
            } catch (UncheckedIOException e) {
                assertThat(mirror.seen()).isPresent();
                assertThat(mirror.served()).as("it serves nothing that is not whole").isEmpty();
                interrupted++;
                log.failAfter(200);
            }
            assertThat(interrupted).isLessThan(10);
        }

        assertThat(interrupted).isPositive();
        requireWhole(40_000);
    }

    /// What was begun is remembered: a fork after an interruption is a fork.
    @Test
    void aForkBehindAnUnfinishedCheckpointIsFound() {
        honest.grow(1_000, "entry");
        forked.grow(1_001, "another");
        log.failAfter(6);
        assertThatThrownBy(() -> follower.once()).isInstanceOf(UncheckedIOException.class);
        log.failAfter(Integer.MAX_VALUE);
        assertThat(mirror.served()).isEmpty();

        log.show(forked);

        assertThat(follower.once()).isInstanceOf(Round.Forked.class);
    }

    @Test
    void aLongerForkRaisesTheAlarmAndBothNotesAreKept() throws IOException {
        honest.grow(300, "entry");
        follower.once();
        forked.grow(299, "entry");
        forked.grow(200, "another");
        var signed = honest.latest();
        log.show(forked);

        var round = follower.once();

        assertThat(round).isInstanceOf(Round.Forked.class);
        assertThat(mirror.served()).contains(signed);
        var evidence = mirror.evidence().orElseThrow();
        var seen = SignedCheckpoint.parse(Files.readString(evidence.resolve("seen.note")));
        var other =
                SignedCheckpoint.parse(Files.readString(evidence.resolve("contradicting.note")));
        assertThat(seen).isEqualTo(signed);
        assertThat(other).isEqualTo(forked.latest());
        assertThat(Files.readString(evidence.resolve("explanation.txt")))
                .contains("does not extend that of 300 leaves")
                .contains("consistency proof");
        requireWhole(300);
    }

    @Test
    void anotherTreeOfTheSameOrAnEarlierSizeRaisesTheAlarm() {
        for (int size : List.of(300, 299)) {
            honest.grow(size == 300 ? 300 : 0, "entry");
            follower.once();
            var other = size == 300 ? "another" : "entry";
            var planted = folder.resolve("planted" + size);
            var history = History.twoWithOneKey(planted).getFirst();
            history.grow(size, other + "!");
            var trusting =
                    new Follower(
                            new RemoteLog(log.url()),
                            Trust.parse(
                                    "log "
                                            + honest.key()
                                            + "\nlog "
                                            + history.key()
                                            + "\nquorum none\n"),
                            mirror,
                            _ -> {});
            log.show(history);

            assertThat(trusting.once()).as("" + size).isInstanceOf(Round.Forked.class);

            log.show(honest);
        }
    }

    @Test
    void anOldCheckpointOfTheSameLogIsPassedOver() {
        honest.grow(10, "entry");
        var old = honest.latest().format().getBytes(UTF_8);
        honest.grow(300, "entry");
        follower.once();
        log.lie("/log/checkpoint", old);

        assertThat(follower.once().toString()).contains("older than what is here");

        requireWhole(310);
        assertThat(mirror.evidence()).isEmpty();
    }

    /// A false tile is nobody's signature: it is not kept, and no alarm.
    @Test
    void whatIsNotUnderTheSignedRootIsNotKept() {
        honest.grow(600, "entry");
        var paths =
                List.of(
                        new TilePath(0, 0, 256),
                        new TilePath(0, 1, 256),
                        new TilePath(0, 2, 88),
                        new TilePath(1, 0, 2),
                        new TilePath(TilePath.ENTRIES, 1, 256),
                        new TilePath(TilePath.ENTRIES, 2, 88));
        for (var path : paths) {
            var lie = honest.tile(path).orElseThrow().clone();
            lie[lie.length / 2] ^= 1;
            log.lie("/log/" + path.path(), lie);

            assertThat(follower.once()).as(path.path()).isInstanceOf(Round.Refused.class);

            assertThat(mirror.served()).isEmpty();
            assertThat(mirror.evidence()).isEmpty();
            log.stopLying();
        }

        follower.once();

        requireWhole(600);
    }

    @Test
    void aNoteThatNobodyTrustedSignedIsNotBelieved() {
        honest.grow(5, "entry");
        var stranger = History.twoWithOneKey(folder.resolve("stranger")).getFirst();
        stranger.grow(9, "entry");
        var note = honest.latest().format();
        var strangers = stranger.latest().format().getBytes(UTF_8);
        var changed = note.replaceFirst("\n5\n", "\n4\n").getBytes(UTF_8);

        for (var lie : List.of(strangers, changed, "no note".getBytes(UTF_8))) {
            log.lie("/log/checkpoint", lie);
            assertThat(follower.once()).isInstanceOf(Round.Refused.class);
            assertThat(mirror.seen()).isEmpty();
        }
    }

    @Test
    void twoMirrorsNeverShareAFolder() {
        assertThatThrownBy(() -> MirrorFolder.open(folder.resolve("mirror")))
                .isInstanceOf(CommandFailed.class);
    }

    private record Answer(int code, String said) {}

    private Answer command() {
        var said = new StringWriter();
        int code =
                new CommandLine(new MirrorCommand())
                        .setOut(new PrintWriter(said))
                        .execute(
                                List.of(
                                                String.valueOf(log.url()),
                                                "--once",
                                                "--to",
                                                folder.resolve("by-command").toString())
                                        .toArray(String[]::new));
        return new Answer(code, said.toString());
    }

    @Test
    void theCommandPinsFollowsAndRaisesTheAlarmForGood() {
        honest.grow(300, "entry");
        forked.grow(400, "another");

        var first = command();
        var second = command();
        log.show(forked);
        var alarm = command();
        log.show(honest);
        var later = command();

        assertThat(first.code()).as(first.said()).isZero();
        assertThat(first.said()).contains("pinned       " + honest.key()).contains("300 leaves");
        assertThat(second.code()).isZero();
        assertThat(alarm.code()).isEqualTo(4);
        assertThat(alarm.said()).contains("ALARM").contains("does not extend that of 300 leaves");
        assertThat(later.code()).isEqualTo(4);
    }
}
