package org.wattmark.server.simulate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Fraud;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.client.Bonds;
import org.wattmark.server.client.RemoteServer;

/// The devices of a simulation: those of an earlier run, and new ones that are bonded first. Which
/// place, which size, which clouds and who cheats follow from the seed alone.
final class Fleet {

    /// From a balcony to a farm's roof, in W.
    private static final long[] PEAKS = {400, 800, 2_400, 4_000, 6_000, 9_900, 30_000};

    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final Path keys;
    private final RemoteServer server;
    private final Plan plan;
    private final Consumer<String> says;

    /// @param places where new devices stand; all that are known if it is empty
    /// @param share what part of the devices cheats, from 0 to 1
    record Plan(
            int panels,
            long seed,
            List<Place> places,
            List<Fraud> frauds,
            double share,
            Duration interval,
            int batchSize) {}

    Fleet(Path keys, RemoteServer server, Plan plan, Consumer<String> says)
            throws InterruptedException {
        this.keys = keys;
        this.server = server;
        this.plan = plan;
        this.says = says;
        var cheats = cheats(plan);
        for (int i = 0; i < plan.panels(); i++) {
            var name = "panel-%04d".formatted(i + 1);
            devices.add(new SimulatedDevice(name, file(name, i), cheats.get(i), plan.batchSize()));
        }
        for (int i = 0; i < devices.size(); i++) {
            devices.get(i).beside(neighbourOf(i));
        }
    }

    List<SimulatedDevice> devices() {
        return List.copyOf(devices);
    }

    /// Who cheats, and how: so many of all, rounded to the nearest, drawn by the seed; the named
    /// frauds go round among them.
    static List<Optional<Fraud>> cheats(Plan plan) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < plan.panels(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(plan.seed()));
        var cheats = new ArrayList<>(Collections.nCopies(plan.panels(), Optional.<Fraud>empty()));
        long count = Math.round(plan.share() * plan.panels());
        for (int i = 0; i < count; i++) {
            cheats.set(order.get(i), Optional.of(plan.frauds().get(i % plan.frauds().size())));
        }
        return cheats;
    }

    private DeviceFile file(String name, int index) throws InterruptedException {
        var path = keys.resolve(name + ".json");
        if (DeviceFile.exists(path)) {
            var file = DeviceFile.read(path);
            if (!file.server().equals(server.url())) {
                throw new CommandFailed(
                        "%s is a device of %s, not of %s: take another --keys"
                                .formatted(path, file.server(), server.url()));
            }
            says.accept(name + " goes on: key " + file.shortKey() + "…");
            return file;
        }
        var random = new Random(plan.seed() * 1_000_003 + index);
        var places = plan.places().isEmpty() ? List.of(Place.values()) : plan.places();
        var place = places.get(random.nextInt(places.size()));
        var installation = new Installation(PEAKS[random.nextInt(PEAKS.length)], Mounting.FIXED);
        var pair = DeviceFile.newKeys();
        try {
            var device =
                    Bonds.simulated(
                            server,
                            new DeviceSigner(pair),
                            place.site(),
                            installation,
                            plan.interval());
            var file =
                    DeviceFile.create(path, server.url(), pair, device, place, random.nextLong());
            says.accept(
                    "%s is bonded as simulated: %s, %d W peak, key %s…"
                            .formatted(
                                    name,
                                    place.label(),
                                    installation.wattsPeak(),
                                    file.shortKey()));
            return file;
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "--interval " + plan.interval().toSeconds() + ": " + e.getMessage());
        }
    }

    /// Another panel with intervals as long, for who copies: the next one of the fleet; if there is
    /// none, one that stands beside it and is nobody's.
    private SimulatedPanel neighbourOf(int index) {
        var own = devices.get(index).panel();
        for (int step = 1; step < devices.size(); step++) {
            var other = devices.get((index + step) % devices.size()).panel();
            if (other.device().intervalLength().equals(own.device().intervalLength())) {
                return other;
            }
        }
        return new SimulatedPanel(own.device(), devices.get(index).file().seed() + 1);
    }
}
