package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReportedChecksTest {

    @Test
    void whateverAMethodologyFindsIsACheckOfTheClaim() {
        for (var code : MethodologyFinding.Code.values()) {
            assertThat(Arrays.stream(CheckFinding.Check.values()))
                    .extracting(Enum::name)
                    .contains(code.name());
        }
    }
}
