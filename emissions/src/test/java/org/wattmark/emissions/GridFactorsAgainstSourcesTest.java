package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.ExternalData;

/// Compares the shipped table row by row, both ways, with the publications it was made from. The
/// twin that always runs is the pinned hash in [GridFactorsTest].
class GridFactorsAgainstSourcesTest {

    private static final GridFactors FACTORS = GridFactors.shipped();

    /// The areas that the IFI file gives no code or a wrong one: it lists the Canary Islands under
    /// KY/CYM, which is the Cayman Islands', and the Cayman Islands under CY/CYM.
    private static final Map<String, String> CODED_BY_NAME =
            Map.of(
                    "Azores (Portugal)", "azores",
                    "Canary Islands (Spain)", "canary-islands",
                    "Cayman Islands", "CYM",
                    "Channel Islands (U.K)", "channel-islands",
                    "Madeira (Portugal)", "madeira",
                    "Memo:  EU 27", "eu");

    @Test
    void everyIfiRowIsInTheTableAndNoOther() throws IOException {
        var file = ExternalData.file("factors/ifi_2021_grid_factors.csv");

        var expected = new TreeMap<String, BigDecimal>();
        for (var row : rows(file)) {
            var region = "ifi-2021/" + CODED_BY_NAME.getOrDefault(row.get(0), row.get(2));
            expected.put(region + "/cm-firm", new BigDecimal(row.get(3)));
            expected.put(region + "/cm-intermittent", new BigDecimal(row.get(4)));
            expected.put(region + "/om", new BigDecimal(row.get(7)));
            // Efficiency and consumption are the firm margin again, so they have no row of their
            // own.
            assertThat(row.get(5)).isEqualTo(row.get(3));
            assertThat(row.get(6)).isEqualTo(row.get(3));
        }

        assertThat(shipped("ifi-")).isEqualTo(expected).hasSize(3 * 233);
    }

    @Test
    void everyEmberRowIsInTheTableAndNoOther() throws IOException {
        var file = ExternalData.file("factors/ember_average_grid_intensity.csv");

        var expected = new TreeMap<String, BigDecimal>();
        for (var row : rows(file)) {
            var own = row.get(0).toLowerCase(Locale.ROOT).replace(' ', '-');
            var region = row.get(2).isEmpty() ? own : row.get(2);
            expected.put(
                    "ember-" + row.get(3) + "/" + region + "/average", new BigDecimal(row.get(4)));
        }

        assertThat(shipped("ember-")).isEqualTo(expected).hasSize(222);
    }

    private static Map<String, BigDecimal> shipped(String sourcePrefix) {
        var shipped = new TreeMap<String, BigDecimal>();
        for (var region : FACTORS.regions()) {
            for (var factor : FACTORS.factorsOf(region)) {
                if (factor.id().startsWith(sourcePrefix)) {
                    shipped.put(factor.id(), factor.gramsPerKilowattHour());
                }
            }
        }
        return shipped;
    }

    private static List<List<String>> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(GridFactorsAgainstSourcesTest::cells)
                .toList();
    }

    /// Names may be quoted and then hold commas; no quote stands inside a name.
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
