package org.wattmark.server.carboncred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.carboncred.HashChain.Kind;
import org.wattmark.server.carboncred.ImportedHolding.Status;

class CarbonCredDatabaseTest {

    @TempDir private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void simulate() throws IOException, SQLException {
        file = Simulated.database(folder);
    }

    @Test
    void anUntouchedChainIsWhole() throws IOException {
        var rows = Simulated.lines("simulated-ledger.tsv");

        var content = Simulated.read(file);

        assertThat(content.breaks()).isEmpty();
        assertThat(content.chain())
                .isEqualTo(new Chain(rows.getLast().getLast(), Simulated.ROWS, Chain.WHOLE, 0));
    }

    @Test
    void everyCreditIsWhereItsLastEntryLeftIt() {
        var holdings = Simulated.read(file).holdings();

        assertThat(holdings).hasSize(16);
        assertThat(holdings).filteredOn(it -> it.status() == Status.RETIRED).hasSize(2);
        assertThat(holdings)
                .filteredOn(it -> it.status() == Status.HELD && it.holder().equals("3"))
                .hasSize(3);
        assertThat(holdings)
                .filteredOn(it -> it.status() == Status.HELD && it.holder().equals("4"))
                .hasSize(2);
        assertThat(holdings)
                .filteredOn(it -> it.status() == Status.RESERVED && it.holder().equals("1"))
                .hasSize(6);
        assertThat(holdings)
                .filteredOn(it -> it.status() == Status.SUSPENDED)
                .singleElement()
                .matches(it -> it.row() == Simulated.ROWS);
    }

    @Test
    void holdersHaveTheNamesThatTheDatabaseHasAndTheOrganisationsThatTheOperatorSays() {
        var ours = UUID.randomUUID();

        var holdings =
                new CarbonCredDatabase(file, Optional.empty())
                        .read(Map.of("3", ours), _ -> {})
                        .holdings();

        assertThat(holdings)
                .filteredOn(it -> it.holder().equals("3"))
                .isNotEmpty()
                .allMatch(it -> it.name().equals("Simulated Bakery"))
                .allMatch(it -> it.organisation().equals(Optional.of(ours)));
        assertThat(holdings)
                .filteredOn(it -> it.holder().equals("4"))
                .allMatch(it -> it.name().isEmpty() && it.organisation().isEmpty());
    }

    @Test
    void aChangedFieldIsFoundInItsRow() throws SQLException {
        for (var change :
                new String[] {
                    "from_entity = '9'",
                    "to_entity = 'X'",
                    "event_type = 'TRADE'",
                    "credit_id = '00000000000000000000000000000000'",
                    "metadata = '{\"project_id\": 1.0}'",
                }) {
            Simulated.change(file, "update core_hashledgerentry set " + change + " where id = 5");

            var found = Simulated.read(file);

            assertThat(found.chain().firstBreak()).as(change).isEqualTo(5);
            assertThat(found.chain().breaks()).as(change).isOne();
            var broken = found.breaks().getFirst();
            assertThat(broken.kind()).isEqualTo(Kind.CONTENT);
            assertThat(broken.stored()).hasSize(64).isNotEqualTo(broken.computed());
            assertThat(broken.computed()).hasSize(64);
            assertThat(found.holdings())
                    .filteredOn(it -> it.status() == Status.SUSPENDED)
                    .as(change)
                    .hasSizeGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aDeletedRowIsFoundInTheNextOne() throws SQLException {
        Simulated.change(file, "delete from core_hashledgerentry where id in (7, 8)");

        var found = Simulated.read(file).breaks();

        assertThat(found).singleElement().matches(it -> it.row() == 9 && it.kind() == Kind.LINK);
        assertThat(found.getFirst().meaning()).contains("is gone");
    }

    @Test
    void aCutBeginningIsFound() throws SQLException {
        Simulated.change(file, "delete from core_hashledgerentry where id <= 3");

        assertThat(Simulated.read(file).breaks().toString())
                .contains("row 4: the beginning of the chain is gone");
    }

    @Test
    void rowsThatWereWrittenAtOnceAreToldFromDeletedOnes() throws SQLException {
        Simulated.change(
                file,
                """
                update core_hashledgerentry
                set prev_hash = (select hash from core_hashledgerentry where id = 18) where id = 20
                """);

        var found = Simulated.read(file).breaks();

        assertThat(found.getFirst().row()).isEqualTo(20);
        assertThat(found.getFirst().meaning()).contains("it continues row 18");
    }

    @Test
    void tablesAndColumnsMayHaveOtherNames() throws SQLException {
        var before = Simulated.read(file);
        Simulated.change(
                file,
                """
                alter table core_hashledgerentry rename to ledger_of_ours;
                alter table ledger_of_ours rename column prev_hash to PreviousHash;
                alter table ledger_of_ours rename column event_type to event
                """);

        var content =
                new CarbonCredDatabase(file, Optional.of("ledger_of_ours")).read(Map.of(), _ -> {});

        assertThat(content.chain()).isEqualTo(before.chain());
        assertThatThrownBy(() -> Simulated.read(file))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("no table core_hashledgerentry")
                .hasMessageContaining("ledger_of_ours");
    }

    @Test
    void whatIsMissingIsNamed() throws SQLException, IOException {
        Simulated.change(file, "alter table core_hashledgerentry rename column metadata to notes");

        assertThatThrownBy(() -> Simulated.read(file))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("the table core_hashledgerentry has no column metadata")
                .hasMessageContaining("notes");

        var other = Files.writeString(folder.resolve("other"), "no database");
        assertThatThrownBy(() -> Simulated.read(other))
                .hasMessageContaining("no database of SQLite");
    }

    /// What SQLite has not yet written into the file would be left out unnoticed.
    @Test
    void aDatabaseInUseIsRefused() throws IOException {
        Files.writeString(folder.resolve("simulated.sqlite3-wal"), "a page");

        assertThatThrownBy(() -> Simulated.read(file))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("stop CarbonCred");
    }
}
