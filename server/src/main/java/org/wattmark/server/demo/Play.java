package org.wattmark.server.demo;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.server.client.PanelSite;
import org.wattmark.server.metering.BatchJson;
import org.wattmark.server.metering.BondJson;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// The walk, step by step: bond, read, claim, issue, sell, retire, certify.
final class Play {

    /// 20.00 EUR for a tonne: a number for a play.
    private static final long PRICE_MINOR_UNITS = 2_000;

    private final Cast cast;
    private final Consumer<String> says;
    private int step;

    Play(Cast cast, Consumer<String> says) {
        this.cast = cast;
        this.says = says;
    }

    /// Who plays. All are of class TEST.
    record Cast(Party proponent, Party buyer, Party cashier, Party controller) {}

    /// What the device measures, and when.
    ///
    /// @param seed of the clouds, where the readings are simulated
    record Script(PanelSite site, Period period, List<IntervalReading> given, long seed) {}

    /// Plays it and returns the id of the retirement.
    UUID play(Script script) {
        var project = register(script.site());
        var meter = bond(script);
        var energy = read(meter, script);
        var claim = claim(project, meter.device, script.period());
        var block = issue(claim, energy);
        var quantity = sell(block);
        return retire(block, quantity);
    }

    private void say(String what) {
        step++;
        says.accept("%2d. %s".formatted(step, what));
    }

    private UUID register(PanelSite site) {
        var id = UUID.randomUUID();
        cast.proponent()
                .post(
                        "/api/v1/projects",
                        Map.of(
                                "id",
                                id,
                                "title",
                                "Simulated rooftop solar",
                                "region",
                                site.country(),
                                "zone",
                                site.zone()));
        say("A proponent registers the project \"Simulated rooftop solar\" in " + site.country());
        return id;
    }

    /// A meter in software, with a key of its own.
    private static final class Meter {
        final Device device;
        final SimulatedMeter simulated;

        Meter(Device device, DeviceSigner signer, long seed) {
            this.device = device;
            this.simulated = new SimulatedMeter(new SimulatedPanel(device, seed), signer);
        }
    }

    private Meter bond(Script script) {
        var signer = DeviceSigner.withNewKey();
        var asked =
                cast.proponent().post("/api/v1/bond-challenges", BondJson.challenge(signer.key()));
        var challenge = BondJson.asked(asked, signer.key());
        var site = script.site();
        var device =
                new Device(
                        challenge.device(),
                        challenge.key(),
                        challenge.owner(),
                        site.site(),
                        site.installation(),
                        AssuranceTier.T2,
                        Device.DEFAULT_INTERVAL,
                        true);
        cast.proponent().post("/api/v1/devices", BondJson.bond(challenge, signer, device));
        say(
                "A simulated meter of %d W peak is bonded by its own key %s…"
                        .formatted(site.wattsPeak(), signer.key().hex().substring(0, 16)));
        return new Meter(device, signer, script.seed());
    }

    private long read(Meter meter, Script script) {
        var readings =
                script.given().isEmpty()
                        ? new SimulatedPanel(meter.device, script.seed()).readings(script.period())
                        : script.given();
        long accepted = 0;
        long rejected = 0;
        long energy = 0;
        var runs = ReadingBatch.runs(readings);
        for (var run : runs) {
            var signed = meter.simulated.next(Channel.GENERATION, run);
            var answer =
                    cast.proponent()
                            .post(
                                    "/api/v1/devices/"
                                            + meter.device.id().value()
                                            + "/reading-batches",
                                    BatchJson.of(signed));
            accepted += answer.path("accepted").asLong();
            rejected += answer.path("rejected").asLong();
            energy += answer.path("energy_watt_hours").asLong();
        }
        say(
                "It sends %d intervals of %s in %d signed batches: %d taken, %d rejected, %.3f kWh"
                        .formatted(
                                readings.size(),
                                script.period(),
                                runs.size(),
                                accepted,
                                rejected,
                                energy / 1_000.0));
        return energy;
    }

    private UUID claim(UUID project, Device device, Period period) {
        var id = UUID.randomUUID();
        var answer =
                cast.proponent()
                        .post(
                                "/api/v1/claims",
                                Map.of(
                                        "id",
                                        id,
                                        "project",
                                        project,
                                        "devices",
                                        List.of(device.id().value()),
                                        "monitoring_period",
                                        Map.of(
                                                "start", period.start().toString(),
                                                "end", period.end().toString()),
                                        "exclusivity_declared",
                                        true));
        var claim = answer.path("claim");
        var findings = claim.path("findings");
        say(
                "The period is closed into a claim: %d checks, state %s (%s)"
                        .formatted(
                                findings.size(),
                                claim.path("state").asString(),
                                claim.path("verified_by").asString("waits for a verifier")));
        if (!claim.path("state").asString().equals("APPROVED")) {
            throw new DemoFailed("the claim was not approved: " + findings.toPrettyString());
        }
        var factor = claim.path("factors").path(0);
        for (var line : claim.path("reduction")) {
            say(
                    "Vintage %s: %s Wh x %s %s (%s) - %s g deducted = %s g avoided"
                            .formatted(
                                    line.path("vintage"),
                                    line.path("energy").path("watt_hours"),
                                    factor.path("value").asString(),
                                    factor.path("unit").asString(),
                                    factor.path("id").asString(),
                                    line.path("deduction").path("grams"),
                                    line.path("net").path("grams")));
        }
        return id;
    }

    private JsonNode issue(UUID claim, long energy) {
        var answer =
                cast.proponent()
                        .post("/api/v1/issuances", Map.of("id", UUID.randomUUID(), "claim", claim));
        var block = answer.path("blocks").get(0).path("block");
        say(
                "Issued as block %s of class %s: %s g, of which %s g to the buffer, for %d Wh"
                        .formatted(
                                block.path("id").asString(),
                                block.path("unit_class").asString(),
                                block.path("issued").path("grams"),
                                block.path("buffer").path("grams"),
                                energy));
        return block;
    }

    /// Sells half of what was credited, at the least a gram.
    private Co2e sell(JsonNode block) {
        long credited = block.path("credited").path("grams").asLong();
        var quantity = new Co2e(Math.max(1, credited / 2));
        var listing = UUID.randomUUID();
        var grams = Map.of("grams", quantity.grams());
        cast.proponent()
                .post(
                        "/api/v1/listings",
                        Map.of(
                                "id",
                                listing,
                                "block",
                                block.path("id").asString(),
                                "quantity",
                                grams,
                                "price",
                                Map.of("per_tonne", euros(PRICE_MINOR_UNITS))));
        say(
                "The proponent offers %s g at 20.00 EUR a tonne; a hold reserves them"
                        .formatted(quantity.grams()));
        deposit();
        var trade =
                cast.buyer()
                        .post(
                                "/api/v1/purchases",
                                Map.of(
                                        "id", UUID.randomUUID(),
                                        "listing", listing,
                                        "quantity", grams));
        say(
                "Credits and money move together: %s cents paid, fee %s, seller receives %s"
                        .formatted(
                                minor(trade, "price"),
                                minor(trade, "fee"),
                                minor(trade, "proceeds")));
        return quantity;
    }

    private static JsonNode minor(JsonNode trade, String part) {
        return trade.path(part).path("minor_units");
    }

    private static Map<String, ?> euros(long minorUnits) {
        return Map.of("minor_units", minorUnits, "currency", "EUR");
    }

    private void deposit() {
        var id = UUID.randomUUID();
        var body = new LinkedHashMap<String, Object>();
        body.put("id", id);
        body.put("organisation", cast.buyer().organisation());
        body.put("amount", euros(100_000));
        body.put("external_reference", "DEMO-" + HexFormat.of().toHexDigits(id.hashCode()));
        cast.cashier().post("/api/v1/deposits", body);
        cast.controller()
                .post("/api/v1/deposits/" + id + "/approvals", Map.of("id", UUID.randomUUID()));
        say("1,000.00 EUR of test money reach the buyer: one operator enters, another approves");
    }

    private UUID retire(JsonNode block, Co2e quantity) {
        var id = UUID.randomUUID();
        var answer =
                cast.buyer()
                        .post(
                                "/api/v1/retirements",
                                Map.of(
                                        "id",
                                        id,
                                        "block",
                                        block.path("id").asString(),
                                        "quantity",
                                        Map.of("grams", quantity.grams()),
                                        "beneficiary",
                                        "Demo Bakery",
                                        "purpose",
                                        "Trying Wattmark out"));
        say(
                "The buyer retires %s g for Demo Bakery: serials %s to %s, entry %s of the journal"
                        .formatted(
                                quantity.grams(),
                                answer.path("serials").path("first"),
                                answer.path("serials").path("last"),
                                answer.path("receipt").path("sequence")));
        return id;
    }
}
