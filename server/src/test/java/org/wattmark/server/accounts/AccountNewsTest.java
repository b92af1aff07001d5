package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// A firm's people hear of its bills and reports, once, and of nothing that was not stored.
class AccountNewsTest extends AccountsTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String BILLS = "item,quantity,unit,month\n";

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    AccountNewsTest() {}

    @Test
    void aFileOfBillsIsToldOfOnceAndSoIsWhatToLookAt() {
        var firm = firmOfAPerson();
        var path = "/api/v1/activity-imports/" + UUID.randomUUID() + "?name=bills.csv";
        var file =
                BILLS
                        + "electricity,1000,kWh,2024-01\n"
                        + "electricity,1010,kWh,2024-02\n"
                        + "electricity,1900,kWh,2024-03\n";

        assertThat(putFile(firm, path, file).statusCode()).isEqualTo(201);
        putFile(firm, path, file);

        assertThat(told(firm, "BILLS_IMPORTED"))
                .singleElement()
                .asString()
                .contains("3 of 3 rows of bills.csv");
        assertThat(told(firm, "BILL_TO_LOOK_AT")).singleElement().asString().contains("40 %");
        assertThat(told(firm, "BILLS_REFUSED")).isEmpty();
    }

    @Test
    void aFileThatIsRefusedIsToldOfOnceAsSuch() {
        var firm = firmOfAPerson();
        var path = "/api/v1/activity-imports/" + UUID.randomUUID();
        var file = BILLS + "electricity,minus three,kWh,2024-01\n";

        assertThat(putFile(firm, path, file).statusCode()).isEqualTo(422);
        putFile(firm, path, file);

        assertThat(told(firm, "BILLS_REFUSED"))
                .singleElement()
                .asString()
                .contains("1 of 1 rows are bad", "Nothing was stored");
        assertThat(told(firm, "BILLS_IMPORTED")).isEmpty();
    }

    @Test
    void aBillFarFromTheOneBeforeItIsToldOf() {
        var firm = firmOfAPerson();
        post(
                firm,
                "/api/v1/activities",
                activity(firm, "electricity", "1000", "kWh", "2024-01-01", "2024-01-31"));

        var far = activity(firm, "electricity", "2000", "kWh", "2024-02-01", "2024-02-29");
        post(firm, "/api/v1/activities", far);
        post(firm, "/api/v1/activities", far);

        assertThat(told(firm, "BILL_TO_LOOK_AT"))
                .singleElement()
                .asString()
                .contains(String.valueOf(far.get("id")));
    }

    @Test
    void whoeverIsShownAReportIsToldOfAndTheFirstTimeItIsOpened() {
        var firm = firmOfAPerson();
        var report = UUID.randomUUID();
        post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));

        var made =
                post(
                        firm,
                        "/api/v1/carbon-reports/" + report + "/shares",
                        Map.of("id", UUID.randomUUID(), "recipient", "A customer"));
        var link = bodyOf(made).get("path").asString();
        var before = told(firm, "REPORT_OPENED");
        send(request(link).GET());
        send(request(link).GET());

        assertThat(told(firm, "REPORT_SHARED")).singleElement().asString().contains("A customer");
        assertThat(before).isEmpty();
        assertThat(told(firm, "REPORT_OPENED"))
                .singleElement()
                .asString()
                .contains(report.toString(), "A customer");
    }

    @Test
    void aReportThatEverybodyMayReadIsToldOfOnce() {
        var firm = firmOfAPerson();
        var report = UUID.randomUUID();
        post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));

        put(firm, "/api/v1/carbon-reports/" + report + "/publication", Map.of());
        put(firm, "/api/v1/carbon-reports/" + report + "/publication", Map.of());

        assertThat(told(firm, "REPORT_PUBLISHED")).singleElement().asString().contains("2024");
    }

    /// Machines are told nothing, so this firm's token is a person's.
    private Firm firmOfAPerson() {
        var organisation = newOrganisation(Role.BUYER);
        var email = "a" + UUID.randomUUID() + "@example.org";
        members.addPerson(organisation, email, "A Member", PASSWORD, Set.of(Role.OWNER));
        var firm = new Firm(tokenOf(email, PASSWORD), UUID.randomUUID());
        put(firm, "/api/v1/account-sites/" + firm.site(), Map.of("name", "Works", "region", "GB"));
        return firm;
    }

    private List<String> told(Firm firm, String kind) {
        return found(firm, "/api/v1/me/notifications?limit=100")
                .get("data")
                .valueStream()
                .filter(each -> each.get("kind").asString().equals(kind))
                .map((JsonNode each) -> each.get("text").asString())
                .toList();
    }
}
