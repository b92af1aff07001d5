package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Canonical;

/// The vector was made by another program (Python's `struct` and OpenSSL) under the first secret
/// key of RFC 8032 §7.1.
class SamplePacketTest {

    private static final MakerId MAKER_ID =
            new MakerId("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final String SIGNED = MAKER_ID + "66669241333303404bd40e41402aa46900000000";
    private static final String SIGNATURE =
            "fd5fda7415ea832146294c9d587be562aa34ba8a448495adc70362032d50b1c0"
                    + "0a7e30fa962f61f8d61dc2376e9b9cf81317b727b85fe0ecc050e02bb8678c03";
    private static final DeviceKey KEY =
            new DeviceKey("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    @Test
    void thePacketOfTheVectorIsRead() throws Canonical.Malformed {
        var packet = SamplePacket.read(HexFormat.of().parseHex(SIGNED + SIGNATURE));

        assertThat(packet.device()).isEqualTo(MAKER_ID);
        assertThat(packet.volts()).isEqualTo(18.3f);
        assertThat(packet.amperes()).isEqualTo(2.05f);
        assertThat(packet.ohms()).isEqualTo(8.926829f);
        assertThat(packet.unixSeconds()).isEqualTo(1_772_366_400L);
        assertThat(KEY.verifies(packet.signed().toByteArray(), packet.signature())).isTrue();
        assertThat(packet.sha256().hex())
                .isEqualTo("ebd3aa662cdf865f7c8b857db12b055e6dddcc45ffb240211685458bb1e892fc");
        assertThat(packet.toByteArray()).asHexString().isEqualToIgnoringCase(SIGNED + SIGNATURE);
    }

    @Test
    void voltageTimesCurrentIsExact() throws Canonical.Malformed {
        var packet = SamplePacket.read(HexFormat.of().parseHex(SIGNED + SIGNATURE));

        var sample = Sample.of(packet);

        assertThat(sample.watts())
                .isEqualTo(new BigDecimal("37.5149975633621579618193209171295166015625"));
    }

    @Test
    void whatASignerWritesIsWhatIsRead() throws Canonical.Malformed {
        var signer = DeviceSigner.withNewKey();

        var packet = signer.sign(MAKER_ID, 18.3f, 2.05f, 18.3f / 2.05f, 1_772_366_400L);

        assertThat(packet.signed().hex()).isEqualTo(SIGNED);
        assertThat(SamplePacket.read(packet.toByteArray())).isEqualTo(packet);
    }

    @Test
    void anyOtherNumberOfBytesIsNoPacket() {
        assertThatThrownBy(() -> SamplePacket.read(new byte[115]))
                .isInstanceOf(Canonical.Malformed.class)
                .hasMessage("a packet has 116 bytes, not 115");
        assertThatThrownBy(() -> SamplePacket.read(new byte[117]))
                .isInstanceOf(Canonical.Malformed.class);
    }

    @Test
    void onlyTheSecretOfTheBoxOpensIt() {
        var secret = Nonce.of(new byte[32]);
        var provision = MakerProvision.of(MAKER_ID, KEY, secret);
        var other = new Nonce("1" + "0".repeat(63));

        assertThat(provision.isOpenedBy(secret)).isTrue();
        assertThat(provision.isOpenedBy(other)).isFalse();
        assertThat(provision.secret().hex()).isNotEqualTo(secret.hex());
    }
}
