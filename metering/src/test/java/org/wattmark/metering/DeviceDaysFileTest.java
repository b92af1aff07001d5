package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.DeviceDaysFile.Contents;

class DeviceDaysFileTest {

    private static final String HEADER =
            "case_id,device_id,kwp,claimed_lat,claimed_lon,start_utc,label,type,extra,w00,w01\n";
    private static final String GOOD =
            "c1,roof,6.0,39.742,-105.173,2016-07-02T07:00:00+00:00,1,replay,"
                    + "\"{\"\"a\"\": 1, \"\"b\"\": 2}\",-3.1,1200.5\n";

    @Test
    void aRowIsADayOfADevice() throws IOException {
        var contents = labelled(HEADER + GOOD);

        var row = contents.rows().getFirst();
        assertThat(contents.errors()).isEmpty();
        assertThat(row.name()).isEqualTo("c1");
        assertThat(row.line()).isEqualTo(2);
        assertThat(row.cheated()).isTrue();
        assertThat(row.type()).isEqualTo("replay");
        assertThat(row.installation().wattsPeak()).isEqualTo(6_000);
        assertThat(row.day().device()).isEqualTo("roof");
        assertThat(row.day().date()).isEqualTo(LocalDate.parse("2016-07-02"));
        assertThat(row.day().step()).isEqualTo(Duration.ofHours(12));
        assertThat(row.day().watts()).containsExactly(-3.1, 1200.5);
    }

    @Test
    void codesAndEmptyFieldsAreNoData() throws IOException {
        var contents = labelled(HEADER + GOOD.replace("-3.1,1200.5", "-1000000,"));

        assertThat(contents.rows().getFirst().day().watts())
                .containsExactly(Double.NaN, Double.NaN);
    }

    @Test
    void aHistoryNeedsNoPlaceAndNoLabel() throws IOException {
        var text = "device_id,start_utc,w00,w01\nroof,2016-07-02T07:00:00Z,0,1\n";

        var contents = DeviceDaysFile.history(stream(text));

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.rows()).hasSize(1);
    }

    @Test
    void aBadNumberIsNamedByLineAndColumn() throws IOException {
        var contents = labelled(HEADER + GOOD + GOOD.replace("1200.5", "12oo"));

        assertThat(contents.errors())
                .singleElement()
                .hasToString("line 3, w01 '12oo': a number such as 1234.5");
    }

    @Test
    void everyBadFieldHasItsColumn() throws IOException {
        assertThat(column(GOOD.replace("2016-07-02T07:00:00+00:00", "noon")))
                .isEqualTo("start_utc");
        assertThat(column(GOOD.replace("-105.173", "-205"))).isEqualTo("claimed_lon");
        assertThat(column(GOOD.replace(",6.0,", ",0,"))).isEqualTo("kwp");
        assertThat(column(GOOD.replace(",1,replay", ",yes,replay"))).isEqualTo("label");
        assertThat(column(GOOD.replace("roof", ""))).isEqualTo("device_id");
        assertThat(column("too,short\n")).isEqualTo("row");
    }

    @Test
    void aHeaderWithoutANeededColumnSaysWhich() throws IOException {
        var contents = labelled(HEADER.replace("kwp", "kw") + GOOD);

        assertThat(contents.errors())
                .singleElement()
                .hasToString("line 1, kwp '': the header lacks this column");
    }

    @Test
    void whatIsNoCsvIsAnErrorAndNoException() throws IOException {
        assertThat(labelled("").errors()).isNotEmpty();
        assertThat(labelled(HEADER + "\"never closed").errors()).isNotEmpty();
        assertThat(labelled("\u0000\u0001\u0002").errors()).isNotEmpty();
    }

    private static String column(String row) throws IOException {
        var contents = labelled(HEADER + row);
        assertThat(contents.rows()).isEmpty();
        return contents.errors().getFirst().column();
    }

    private static Contents labelled(String text) throws IOException {
        return DeviceDaysFile.labelled(stream(text));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
