package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Channel;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.server.metering.MeterServerTest;
import org.wattmark.units.Period;

/// Bills of a site beside what its bonded meter counted in the same days: 3 % is fine, above that
/// worth knowing, above 7 % for a person.
class BillAgainstMeterTest extends MeterServerTest {

    /// The panels of these tests stand in Golden: 10 and 11 June begin at 6 UTC there.
    private static final Instant FIRST = Instant.parse("2025-06-10T06:00:00Z");

    private static final Duration QUARTER = Duration.ofMinutes(15);

    /// 500 Wh in each of 192 quarters of an hour are 96 kWh.
    private static final int COUNTED_QUARTERS = 192;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    BillAgainstMeterTest() {}

    private record Firm(Panel panel, UUID site) {

        String token() {
            return panel.owner().token();
        }
    }

    @Test
    void withinThreePerCentNothingIsSaid() {
        var firm = firmWith(COUNTED_QUARTERS);

        record(firm, "98.9"); // the meter counted 2.9 % less

        assertThat(findings(firm)).isEmpty();
    }

    @Test
    void aboveThreePerCentIsToldWithTheNumbers() {
        var firm = firmWith(COUNTED_QUARTERS);

        record(firm, "100");

        assertThat(findings(firm))
                .singleElement()
                .asString()
                .startsWith("INFO The meter counted 96 kWh for ")
                .contains("-4.0 %", "100 kWh", "3 % is the limit");
    }

    @Test
    void aboveSevenPerCentAPersonLooksAndIsTold() {
        var firm = firmWith(COUNTED_QUARTERS);

        record(firm, "88");

        assertThat(findings(firm))
                .singleElement()
                .asString()
                .startsWith("HOLD The meter counted 96 kWh for ")
                .contains("+9.1 %", "88 kWh", "7 % is the limit");
    }

    @Test
    void aMeterThatSpeaksOfAPartIsNotCompared() {
        var firm = firmWith(COUNTED_QUARTERS - 4);

        record(firm, "50");

        assertThat(findings(firm))
                .singleElement()
                .asString()
                .startsWith("INFO The meter counted for 47 of 48 hours")
                .contains("not compared");
    }

    @Test
    void aTrialOfAFileSaysSoBeforeItIsTakenIn() {
        var firm = firmWith(COUNTED_QUARTERS);

        var trial =
                send(
                        request("/api/v1/activity-import-trials", firm.token())
                                .header("Content-Type", "text/csv")
                                .POST(
                                        BodyPublishers.ofString(
                                                "item,quantity,unit,first day,last day\n"
                                                        + "electricity,80,kWh,2025-06-10,"
                                                        + "2025-06-11\n")));

        assertThat(trial.statusCode()).as(trial.body()).isEqualTo(200);
        assertThat(bodyOf(trial).at("/findings/0/check").asString())
                .isEqualTo("BILL_AGAINST_METER");
        assertThat(bodyOf(trial).at("/findings/0/severity").asString()).isEqualTo("HOLD");
    }

    @Test
    void aDeviceOfAnotherFirmIsNotFoundAndATieCanBeTakenBack() {
        var firm = firmWith(COUNTED_QUARTERS);
        var stranger = bondedPanel();
        var meters = "/api/v1/account-sites/" + firm.site() + "/meters";

        var others = put(firm, meters + "/" + stranger.device().id(), Map.of());
        var removed =
                send(request(meters + "/" + firm.panel().device().id(), firm.token()).DELETE());
        record(firm, "50");

        thenRefused(others, 404, "device_unknown");
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(findings(firm)).isEmpty();
    }

    /// A site whose meter took 500 Wh from the grid in each of so many quarters of an hour.
    private Firm firmWith(int quarters) {
        var panel = bondedPanel();
        var readings = new ArrayList<IntervalReading>();
        for (int i = 0; i < quarters; i++) {
            readings.add(
                    new IntervalReading(
                            Period.starting(FIRST.plus(QUARTER.multipliedBy(i)), QUARTER), 500));
        }
        var batch =
                new ReadingBatch(
                        panel.device().id(), Channel.IMPORT, 1, Sha256.NONE, List.copyOf(readings));
        var sent = send(panel, panel.signer().sign(batch));
        assertThat(sent.statusCode()).as(sent.body()).isBetween(200, 201);
        var firm = new Firm(panel, UUID.randomUUID());
        var site = "/api/v1/account-sites/" + firm.site();
        thenFine(put(firm, site, Map.of("name", "Works", "region", "US", "grid", "RMPA")));
        thenFine(put(firm, site + "/meters/" + panel.device().id(), Map.of()));
        return firm;
    }

    private static void thenFine(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private HttpResponse<String> put(Firm firm, String path, Map<String, ?> body) {
        return send(json(request(path, firm.token()), "PUT", JSON.writeValueAsString(body)));
    }

    private void record(Firm firm, String kilowattHours) {
        thenFine(
                post(
                        "/api/v1/activities",
                        firm.panel().owner(),
                        Map.of(
                                "id",
                                UUID.randomUUID(),
                                "site",
                                firm.site(),
                                "item",
                                "electricity",
                                "quantity",
                                Map.of("amount", kilowattHours, "unit", "kWh"),
                                "first_day",
                                "2025-06-10",
                                "last_day",
                                "2025-06-11",
                                "estimated",
                                false)));
    }

    /// What the inventory says of bills and meters, each with its severity before it.
    private List<String> findings(Firm firm) {
        var inventory = get("/api/v1/inventories/2025", firm.panel().owner());
        assertThat(inventory.statusCode()).as(inventory.body()).isEqualTo(200);
        return bodyOf(inventory)
                .get("findings")
                .valueStream()
                .filter(each -> each.get("check").asString().equals("BILL_AGAINST_METER"))
                .map(each -> each.get("severity").asString() + " " + each.get("message").asString())
                .toList();
    }
}
