package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A hundred thousand bills in one file. How long it takes is printed; docs/carbon-accounts.md says
/// what was measured.
class ManyBillsTest extends AccountsTest {

    private static final int METERS = 8_334;

    /// Simulated. One meter's bills of a year stand together.
    private static String bills(boolean withFaults) {
        var csv = new StringBuilder("site,month,item,quantity,unit,meter\n");
        for (int meter = 0; meter < METERS; meter++) {
            for (int month = 1; month <= 12; month++) {
                boolean isBad = withFaults && month == 5 && meter % 1_000 == 0;
                csv.append("Works,2024-")
                        .append(month < 10 ? "0" : "")
                        .append(month)
                        .append(",electricity,")
                        .append(isBad ? -1 : 7_000 + (meter * 13 + month * 17) % 500)
                        .append(",kWh,M")
                        .append(meter)
                        .append('\n');
            }
        }
        return csv.toString();
    }

    @Test
    void areTakenInFastAndTheirFaultsAreToldByLine() {
        var firm = newFirm();
        var path = "/api/v1/activity-imports/";

        var faulty = putFile(firm, path + UUID.randomUUID(), bills(true));
        var start = Instant.now();
        var taken = putFile(firm, path + UUID.randomUUID(), bills(false));
        var imported = Duration.between(start, Instant.now());
        start = Instant.now();
        var inventory = found(firm, "/api/v1/inventories/2024");
        var computed = Duration.between(start, Instant.now());

        assertThat(code(faulty)).isEqualTo("422 bad_rows");
        // Bad are the rows of May of each thousandth meter: lines 2 + 12 × 1,000 n + 4.
        assertThat(bodyOf(faulty).path("errors").size()).isEqualTo(9);
        for (int n = 0; n < 9; n++) {
            assertThat(bodyOf(faulty).at("/errors/" + n + "/pointer").asString())
                    .isEqualTo("/line/" + (6 + 12_000 * n) + "/quantity");
        }
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(bodyOf(taken).path("good_rows").asInt()).isEqualTo(100_008);
        assertThat(inventory.at("/lines/0/activities").asInt()).isEqualTo(100_008);
        System.out.printf(
                "100,008 bills: import %d ms, inventory %d ms%n",
                imported.toMillis(), computed.toMillis());
        assertThat(imported).isLessThan(Duration.ofSeconds(15));
    }
}
