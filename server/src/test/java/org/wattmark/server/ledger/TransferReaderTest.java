package org.wattmark.server.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.PostTransfer.Balancing;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.VoidPending;
import org.wattmark.server.problem.ProblemException;
import tools.jackson.core.JacksonException;

class TransferReaderTest {

    private static final UUID ID = UUID.fromString("018f6a3e-0000-7000-8000-0000000000ab");
    private static final UUID OTHER = UUID.fromString("018F6A3E-0000-7000-8000-0000000000CD");

    private static final String MOVES =
            "\"debit\": \"load:a\", \"credit\": \"load:b\", \"asset\": \"load:x\", \"amount\": 7";

    @Test
    void readsEachKindAsWhatTheLedgerTakes() {
        var items =
                read(
                        "{'id': '%s', %s, 'code': 3, 'reference': '%s'}"
                                .formatted(ID, MOVES, OTHER),
                        "{'id': '%s', 'kind': 'PENDING', 'timeout_seconds': 60, %s}"
                                .formatted(ID, MOVES),
                        "{'kind': 'POST_PENDING', 'pending': '%s', 'id': '%s', 'amount': 5}"
                                .formatted(OTHER, ID),
                        "{'kind': 'POST_PENDING', 'pending': '%s', 'id': '%s'}"
                                .formatted(OTHER, ID),
                        "{'id': '%s', 'kind': 'VOID_PENDING', 'pending': '%s'}"
                                .formatted(ID, OTHER),
                        "{'id': '%s', 'balancing': 'DEBIT', %s}".formatted(ID, MOVES),
                        "{'linked': [{%s}, {'kind': 'VOID_PENDING', 'pending': '%s'}], 'id': '%s'}"
                                .formatted(MOVES, OTHER, ID));

        var plain = transfer(OTHER, 3);
        assertThat(items)
                .extracting(item -> ((TransferItem.Wish) item).command())
                .containsExactly(
                        PostTransfer.plain(plain),
                        PostTransfer.pending(transfer(Transfer.NO_REFERENCE, 0), 60),
                        new PostPending(ID, OTHER, 5),
                        PostPending.whole(ID, OTHER),
                        new VoidPending(ID, OTHER),
                        PostTransfer.balancing(transfer(Transfer.NO_REFERENCE, 0), Balancing.DEBIT),
                        new PostLinked(
                                ID,
                                List.of(
                                        PostTransfer.plain(transfer(Transfer.NO_REFERENCE, 0)),
                                        new VoidPending(ID, OTHER))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "'amount': 0 | /amount | '0' is not a whole number from 1 to 9223372036854775807",
                "'amount': 1.5 | /amount | '1.5' is not a whole number",
                "'amount': 9223372036854775808 | /amount | '9223372036854775808' is not a whole",
                "'amount': '7' | /amount | '7' is not a whole number",
                "'amount': {'grams': 7} | /amount | 'START_OBJECT' is not a whole number",
                "'debit': 'Nobody' | /debit | 'Nobody' is not an account's id",
                "'credit': 'load:a' | /credit | is the debited account itself: load:a",
                "'asset': 'EUR' | /asset | 'EUR' is not an asset's code",
                "'id': '1-2-3-4-5' | /id | '1-2-3-4-5' is not a UUID",
                "'id': '018f6a3e-0000-8000-8000-0000000000ab' | /id | is of version 8",
                "'kind': 'PLAN' | /kind | 'PLAN' is not one of [PLAIN, PENDING",
                "'code': 32768 | /code | '32768' is not a whole number from 0 to 32767",
                "'reference': 5 | /reference | '5' is not a UUID",
                "'timeout_seconds': 5 | /timeout_seconds | is not for kind PLAIN",
                "'balance': 5 | /balance | is unknown",
                "'a/b~': [1, {'c': 2}] | /a~1b~0 | is unknown",
                "'linked': [{'kind': 'X'}] | /linked | leg 0: /kind 'X' is not one of",
            })
    void namesTheFieldTheValueAndTheLimit(String change, String field, String message) {
        var items =
                read(
                        item(change),
                        "{'id': '%s', %s}".formatted(OTHER, MOVES)); // its neighbour is read

        assertThat(items.getFirst())
                .isInstanceOfSatisfying(
                        TransferItem.Faulty.class,
                        faulty -> {
                            assertThat(faulty.fault().pointer()).isEqualTo("/transfers/0" + field);
                            assertThat(faulty.fault().message()).contains(message);
                        });
        assertThat(items.get(1)).isInstanceOf(TransferItem.Wish.class);
    }

    /// A plain item with one field changed or added.
    private static String item(String change) {
        var name = change.substring(0, change.indexOf(':'));
        var fields = ("'id': '%s', ".formatted(ID) + MOVES).replace('"', '\'');
        var kept = new StringBuilder();
        for (var field : fields.split(", ")) {
            kept.append(field.startsWith(name + ":") ? "" : field + ", ");
        }
        return "{" + kept + change + "}";
    }

    @Test
    void saysWhatIsMissingAndWhatStandsTwice() {
        var items =
                read(
                        "{'id': '%s', 'debit': 'load:a'}".formatted(ID),
                        "{%s}".formatted(MOVES),
                        "{'id': '%s', 'amount': 1, %s}".formatted(ID, MOVES),
                        "17",
                        "{'id': '%s', 'linked': []}".formatted(ID),
                        "{'id': '%s', 'linked': [{'id': '%s'}]}".formatted(ID, ID));

        assertThat(items)
                .extracting(item -> ((TransferItem.Faulty) item).fault().pointer())
                .containsExactly(
                        "/transfers/0/credit",
                        "/transfers/1/id",
                        "/transfers/2/amount",
                        "/transfers/3",
                        "/transfers/4/linked",
                        "/transfers/5/linked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'transfers': []}",
                "{'transfers': {}}",
                "{'transfers': [17], 'more': 1}",
                "{'transfers': [17]} {}",
                "{'transfers': [1, 2, 3]}",
                "{'transfers': [{'linked': [1, 2, 3]}]}",
            })
    void aRequestThatIsWrongAsAWholeIsRefused(String body) {
        assertThatThrownBy(() -> reader(body, 2).read()).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{'transfers': [", "{'transfers': [{'amount': 01}]}"})
    void whatIsNoJsonIsRefused(String body) {
        assertThatThrownBy(() -> reader(body, 2).read())
                .isInstanceOfAny(JacksonException.class, ProblemException.class);
    }

    private static Transfer transfer(UUID reference, int code) {
        return new Transfer(
                ID,
                new AccountId("load:a"),
                new AccountId("load:b"),
                new Asset("load:x"),
                7,
                reference,
                code);
    }

    private static List<TransferItem> read(String... items) {
        return reader("{'transfers': [" + String.join(", ", items) + "]}", 100).read();
    }

    private static TransferReader reader(String body, int most) {
        return new TransferReader(body.replace('\'', '"').getBytes(UTF_8), most);
    }
}
