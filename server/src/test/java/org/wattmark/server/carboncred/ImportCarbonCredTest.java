package org.wattmark.server.carboncred;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.ledger.Entry;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import org.wattmark.units.Canonical;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class ImportCarbonCredTest extends ServerTest {

    @TempDir private Path folder = Path.of("");

    private Path file = Path.of("");
    private String operator = "";

    @SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
    ImportCarbonCredTest() {}

    /// Each test has a file of its own: the server keeps what it is told for ever.
    @BeforeEach
    void simulate() throws IOException, SQLException {
        file = Simulated.database(folder);
        Simulated.change(
                file,
                "create table unique_file (x); insert into unique_file values ('"
                        + UUID.randomUUID()
                        + "')");
        operator = tokenFor(Role.OPERATOR);
    }

    private record Answer(int code, String said) {}

    private Answer run(String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                String.valueOf(file),
                                "--url",
                                "http://localhost:" + port,
                                "--token",
                                operator));
        arguments.addAll(List.of(more));
        var said = new StringWriter();
        int code =
                new CommandLine(new ImportCarbonCred())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .setExecutionExceptionHandler((failure, _, _) -> {
                            said.write(String.valueOf(failure.getMessage()));
                            return 1;
                        })
                        .execute(arguments.toArray(String[]::new));
        return new Answer(code, said.toString());
    }

    private JsonNode get(String path, String token) {
        var answer = send(request(path, token).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return bodyOf(answer);
    }

    private String sha256() {
        return Simulated.read(file).sha256().hex();
    }

    private String balances() {
        return jdbc.sql(
                        "select coalesce(string_agg(b::text, ';' order by b), '')"
                                + " from balance_now b")
                .query(String.class)
                .single();
    }

    private long entries() {
        return jdbc.sql("select count(*) from journal").query(Long.class).single();
    }

    @Test
    void historyIsRecordedAndNothingIsIssued() {
        var owner = newOrganisation(Role.BUYER);
        var balances = balances();
        var blocks = jdbc.sql("select count(*) from credit_block").query(Long.class).single();

        var imported = run("--organisation", "3=" + owner);

        assertThat(imported.code()).as(imported.said()).isZero();
        assertThat(imported.said())
                .contains("chain       whole")
                .contains("credits     16 of 1 kg")
                .contains("page 1 of 1 is entry")
                .contains("nothing was issued");
        assertThat(balances()).isEqualTo(balances);
        assertThat(jdbc.sql("select count(*) from credit_block").query(Long.class).single())
                .isEqualTo(blocks);
        var mine = tokenOf(members.addMachine(owner, "test", Set.of(Role.BUYER)));
        assertThat(get("/api/v1/holdings", mine).at("/credits").isEmpty()).isTrue();
    }

    @Test
    void anOrganisationSeesItsOwnHistoryAndAnOperatorAll() {
        var owner = newOrganisation(Role.BUYER);
        assertThat(run("--organisation", "3=" + owner).code()).isZero();
        var path = "/api/v1/history/" + sha256() + "/holdings?limit=100";
        var mine = tokenOf(members.addMachine(owner, "test", Set.of(Role.BUYER)));

        var own = get(path, mine).get("data");
        var others = get(path, tokenFor(Role.BUYER)).get("data");
        var all = get(path, operator).get("data");

        assertThat(own).hasSize(5);
        own.forEach(it -> {
            assertThat(it.get("organisation").asString()).isEqualTo(owner.toString());
            assertThat(it.get("name").asString()).isEqualTo("Simulated Bakery");
            assertThat(it.get("kilograms").asLong()).isOne();
        });
        assertThat(others).isEmpty();
        assertThat(all).hasSize(16);
        var listed = get("/api/v1/history", mine).at("/data/0");
        assertThat(listed.get("tier").asString()).isEqualTo("T0");
        assertThat(listed.get("holdings").asLong()).isEqualTo(5);
        assertThat(listed.get("complete").asBoolean()).isTrue();
        assertThat(get("/api/v1/history", tokenFor(Role.BUYER)).get("data")).isEmpty();
    }

    @Test
    void theSameFileTwiceIsOnceAndWithOtherHoldersRefused() {
        var owner = newOrganisation(Role.BUYER);
        assertThat(run().code()).isZero();
        long entries = entries();

        var again = run();
        var otherwise = run("--organisation", "3=" + owner);

        assertThat(again.code()).isZero();
        assertThat(again.said()).contains("page 1 of 1 is entry");
        assertThat(otherwise.code()).isOne();
        assertThat(otherwise.said()).contains("id_stands_for_another");
        assertThat(entries()).isEqualTo(entries);
    }

    @Test
    void aDryRunSendsNothing() {
        long entries = entries();

        var dry = run("--dry-run");

        assertThat(dry.code()).isZero();
        assertThat(dry.said()).contains("dry run: nothing is sent");
        assertThat(entries()).isEqualTo(entries);
    }

    @Test
    void aBrokenChainIsToldOfAndWithStrictNothingIsSent() throws SQLException {
        Simulated.change(file, "update core_hashledgerentry set to_entity = '9' where id = 17");
        long entries = entries();

        var strict = run("--strict");
        long afterStrict = entries();
        var lenient = run();

        assertThat(strict.code()).isEqualTo(3);
        assertThat(strict.said())
                .contains("chain       BREAKS FIRST AT ROW 17, 1 times in all")
                .containsPattern("row 17: its content .*[0-9a-f]{64} stored, [0-9a-f]{64} comp");
        assertThat(afterStrict).isEqualTo(entries);
        assertThat(lenient.code()).isZero();
        var imports = get("/api/v1/history?limit=100", operator).get("data");
        assertThat(imports)
                .filteredOn(it -> it.get("file_sha256").asString().equals(sha256()))
                .singleElement()
                .matches(it -> it.get("first_break").asLong() == 17);
    }

    /// The log shows how much it is and commits to whose it is.
    @Test
    void theLeafNamesTheFileAndNoHolder() throws Canonical.Malformed {
        assertThat(run().code()).isZero();

        var leaf =
                jdbc.sql(
                                """
                                select leaf from journal where sequence = (
                                    select sequence from imported_history
                                    where file_sha256 = decode(?, 'hex'))
                                """)
                        .param(sha256())
                        .query((row, _) -> row.getBytes(1))
                        .single();

        var reader =
                Canonical.Reader.of(
                        "wattmark/history-receipt/v1",
                        Entry.Published.of(leaf).content().toByteArray());
        assertThat(reader.text()).isEqualTo("carboncred");
        assertThat(reader.bytes()).isEqualTo(Simulated.read(file).sha256().toByteArray());
        assertThat(new String(leaf, ISO_8859_1)).doesNotContain("Simulated");
    }

    @Test
    void onlyAnOperatorImports() {
        operator = tokenFor(Role.BUYER);

        var refused = run();

        assertThat(refused.code()).isOne();
        assertThat(refused.said()).contains("role_missing");
    }

    @Test
    void anOrganisationThatIsNotHereIsRefused() {
        var refused = run("--organisation", "3=" + UUID.randomUUID());

        assertThat(refused.code()).isOne();
        assertThat(refused.said()).contains("organisation_unknown");
    }
}
