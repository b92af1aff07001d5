package org.wattmark.server.carboncred;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PythonTextTest {

    /// More than a thousand values whose text CPython wrote: `make_python_vectors.py` beside them.
    @Test
    void everyValueIsWrittenAsPythonWritesIt() throws IOException {
        var vectors = Simulated.lines("python-vectors.tsv");

        for (var vector : vectors) {
            var json = vector.get(0);
            var python = new String(HexFormat.of().parseHex(vector.get(1)), UTF_8);
            assertThat(PythonText.strOfJson(json)).as(json).isEqualTo(python);
        }

        assertThat(vectors).hasSizeGreaterThan(1_000);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> PythonText.strOfJson("{'a': 1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON");
    }
}
