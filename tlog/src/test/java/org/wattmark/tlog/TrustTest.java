package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrustTest {

    private static final VerifierKey LOG = key("log.example", SignatureType.ED25519);
    private static final List<VerifierKey> WITNESSES =
            IntStream.range(0, 6).mapToObj(i -> key("w" + i, kind(i))).toList();

    private static VerifierKey key(String name, SignatureType type) {
        return SigningKey.generate(name, type).verifierKey();
    }

    /// Both kinds of witness count alike.
    private static SignatureType kind(int i) {
        return i % 2 == 0 ? SignatureType.COSIGNATURE : SignatureType.ML_DSA_44_COSIGNATURE;
    }

    private static String witness(int i) {
        return "witness W" + i + " " + WITNESSES.get(i) + "\n";
    }

    private static boolean isQuorum(Trust trust, Integer... cosigned) {
        return trust.isQuorum(
                Stream.of(cosigned)
                        .map(i -> new Cosignature(WITNESSES.get(i), Instant.EPOCH))
                        .toList());
    }

    @Test
    void readsLogsWitnessesAndAQuorumOfGroups() {
        var trust =
                Trust.parse(
                        "# whom we believe\n\n \t log "
                                + LOG
                                + " https://log.example \t\n"
                                + IntStream.range(0, 6)
                                        .mapToObj(TrustTest::witness)
                                        .reduce("", String::concat)
                                + "group X 2 W0 W1 W2\n"
                                + "group Y any\tW3 W4 W5\n"
                                + "group both all X Y\n"
                                + " # a comment\n"
                                + "quorum both\n");

        assertThat(trust.logs()).containsExactly(LOG);
        assertThat(trust.witnesses()).hasSize(6).containsEntry("W3", WITNESSES.get(3));
        assertThat(trust.quorum()).isEqualTo(3);
        assertThat(isQuorum(trust, 0, 2, 4)).isTrue();
        assertThat(isQuorum(trust, 0, 1, 2, 3, 4, 5)).isTrue();
        assertThat(isQuorum(trust, 0, 3, 4, 5)).isFalse();
        assertThat(isQuorum(trust, 0, 1, 2)).isFalse();
        assertThat(isQuorum(trust)).isFalse();
    }

    @Test
    void keepsWhereAWitnessIsAsked() {
        var trust =
                Trust.parse(
                        "witness N "
                                + WITNESSES.get(0)
                                + " https://n.example/w \n"
                                + witness(1)
                                + "quorum N\n");

        assertThat(trust.urlOf("N")).hasValue("https://n.example/w");
        assertThat(trust.urlOf("W1")).isEmpty();
        assertThat(trust.logs()).isEmpty();
    }

    @Test
    void aQuorumMayBeOneWitnessOrNone() {
        var one = Trust.parse(witness(0) + witness(1) + "quorum W1");
        var none = Trust.parse("quorum none\n" + witness(0) + "group none-of-it any W0");

        assertThat(isQuorum(one, 1)).isTrue();
        assertThat(isQuorum(one, 0)).isFalse();
        assertThat(one.quorum()).isEqualTo(1);
        assertThat(isQuorum(none)).isTrue();
        assertThat(none.quorum()).isZero();
    }

    @Test
    void theFewestWitnessesAreCountedThroughTheCheapestGroups() {
        var trust =
                Trust.parse(
                        IntStream.range(0, 6)
                                        .mapToObj(TrustTest::witness)
                                        .reduce("", String::concat)
                                + "group large all W0 W1 W2\ngroup small all W3 W4\n"
                                + "group either any large small\nquorum either");

        assertThat(trust.quorum()).isEqualTo(2);
        assertThat(isQuorum(trust, 3, 4)).isTrue();
        assertThat(isQuorum(trust, 0, 1, 3)).isFalse();
    }

    @Test
    void pinsOneLog() {
        var trust = Trust.parse(Trust.pinning(LOG));

        assertThat(trust.logs()).containsExactly(LOG);
        assertThat(trust.witnesses()).isEmpty();
        assertThat(trust.quorum()).isZero();
        assertThat(Trust.NOBODY.logs()).isEmpty();
    }

    @Test
    void namesTheLineThatIsWrong() {
        refused("log " + LOG + "\nlog\nquorum none", "line 2");
        refused("", "line 1: no quorum");
        refused("log " + LOG + "\n", "line 2: no quorum");
        refused("quorum none\nquorum none", "line 2: a second quorum");
        refused("quorum W0\n" + witness(0), "line 1: not defined above: W0");
        refused("\n\nlogs " + LOG, "line 3: unknown word: logs");
        refused("log " + LOG + " https://a b", "line 1: too few or too many");
        refused("log nonsense", "line 1: not a verifier key");
        refused("log " + WITNESSES.getFirst(), "line 1: a key of type COSIGNATURE is not of a log");
        refused("witness W " + LOG, "line 1: a key of type ED25519 is not of a witness");
        refused("log " + LOG + "\nlog " + LOG, "line 2: the log's key");
        refused(witness(0) + "witness again " + WITNESSES.getFirst(), "line 2: the witness's key");
        refused(
                witness(0) + witness(1).replace("witness W1", "witness W0"),
                "line 2: the name is taken: W0");
        refused(
                witness(0).replace("witness W0", "witness none"),
                "line 1: the name is taken: none");
        refused(witness(0) + "group G any none", "line 2: not defined above: none");
        refused(witness(0) + "group G any", "line 2: too few");
        refused(witness(0) + "group G 0 W0", "line 2: a group of 1 never has 0");
        refused(witness(0) + "group G 2 W0", "line 2: a group of 1 never has 2");
        refused(witness(0) + "group G -1 W0", "line 2: not a decimal");
        refused(witness(0) + "group G 4294967297 W0", "line 2: a group of 1");
        refused(witness(0) + "group G any W0 W0", "line 2: in a group already: W0");
        refused(witness(0) + "group G any W0\ngroup H any W0", "line 3: in a group already: W0");
        refused(witness(0) + "group G any G", "line 2: not defined above: G");
        refused("quorum none\r\n", "line 1: a control character");
        refused("quorum none\n#\u007f", "line 2: a control character");
    }

    private static void refused(String file, String message) {
        assertThatThrownBy(() -> Trust.parse(file))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }
}
