package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.metering.Examples.ALICE;
import static org.wattmark.metering.Examples.BOB;
import static org.wattmark.metering.ExclusivityDeclaration.NOTHING_ELSE;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Bonding.Bonded;
import org.wattmark.metering.Bonding.Reason;
import org.wattmark.metering.Bonding.Refused;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;

class BondingTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final DeviceSigner device = DeviceSigner.withNewKey();
    private final BondChallenge challenge = challengeFor(ALICE);

    @Test
    void theDevicesSignatureBondsItToTheNamedAccount() {
        var signature = device.sign(challenge);

        var bonding = challenge.answered(ALICE, NOTHING_ELSE, signature, NOON);

        assertThat(bonding).isEqualTo(new Bonded(challenge, NOTHING_ELSE, signature));
    }

    @Test
    void nobodyElseCanUseTheAnswer() {
        var signature = device.sign(challenge);

        var bonding = challenge.answered(BOB, NOTHING_ELSE, signature, NOON);

        assertThat(bonding).isEqualTo(new Refused(Reason.CHALLENGE_FOR_ANOTHER_ACCOUNT));
    }

    @Test
    void aSignatureForAnotherAccountDoesNotVerify() {
        var signature = device.sign(challengeFor(BOB));

        var bonding = challenge.answered(ALICE, NOTHING_ELSE, signature, NOON);

        assertThat(bonding).isEqualTo(new Refused(Reason.SIGNATURE_INVALID));
    }

    @Test
    void aSignatureByAnotherKeyDoesNotVerify() {
        var signature = DeviceSigner.withNewKey().sign(challenge);

        var bonding = challenge.answered(ALICE, NOTHING_ELSE, signature, NOON);

        assertThat(bonding).isEqualTo(new Refused(Reason.SIGNATURE_INVALID));
    }

    @Test
    void anAnswerAtTheExpiryIsTooLate() {
        var signature = device.sign(challenge);

        var bonding = challenge.answered(ALICE, NOTHING_ELSE, signature, challenge.expiresAt());

        assertThat(bonding).isEqualTo(new Refused(Reason.CHALLENGE_EXPIRED));
    }

    @Test
    void theDeclarationIsTheOneThatTheDeviceSignedFor() {
        var signature = device.sign(challenge);
        var other =
                new ExclusivityDeclaration(
                        List.of("Herkunftsnachweis"),
                        List.of(),
                        List.of(new ExternalId("MaStR", "SEE900000000001")),
                        true);

        var bonding = challenge.answered(ALICE, other, signature, NOON);

        assertThat(bonding).isEqualTo(new Refused(Reason.DECLARATION_DIFFERS));
    }

    @Test
    void aKeyUnderWhichAnyoneCanSignIsNoKey() {
        assertThatThrownBy(() -> new DeviceKey("01" + "00".repeat(31)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceKey("00".repeat(31) + "80"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private BondChallenge challengeFor(UUID account) {
        return new BondChallenge(
                Nonce.of(new byte[32]),
                Examples.PANEL,
                device.key(),
                account,
                NOON.plusSeconds(600),
                NOTHING_ELSE.sha256());
    }
}
