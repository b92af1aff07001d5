package org.wattmark.server.client;

import java.time.Duration;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Site;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.metering.BondJson;

/// Bonds devices that are software to whoever is signed in. Each bond says that it is simulated, so
/// all that comes of it is of class TEST.
public final class Bonds {

    private Bonds() {}

    /// @throws CommandFailed with the server's reason where it refuses
    public static Device simulated(
            RemoteServer server,
            DeviceSigner signer,
            Site site,
            Installation installation,
            Duration interval)
            throws InterruptedException {
        var answer =
                expected(
                        server.post("/api/v1/bond-challenges", BondJson.challenge(signer.key())),
                        "a challenge");
        var asked = BondJson.asked(answer.json(), signer.key());
        var device =
                new Device(
                        asked.device(),
                        signer.key(),
                        asked.owner(),
                        site,
                        installation,
                        AssuranceTier.T2,
                        interval,
                        true);
        expected(server.post("/api/v1/devices", BondJson.bond(asked, signer, device)), "the bond");
        return device;
    }

    private static Answer expected(Answer answer, String what) {
        if (!answer.isSuccess()) {
            throw new CommandFailed(
                    "the server refuses " + what + " of a device: " + answer.explanation());
        }
        return answer;
    }
}
