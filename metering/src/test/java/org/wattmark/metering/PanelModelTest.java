package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PanelModelTest {

    /// The simulated panel leans by its latitude, 40°, to the south.
    @Test
    void theLeanOfAPanelIsSeenInItsDays() {
        var days = SimulatedDays.inGolden(6_000, 90, 1);

        var model = PanelModel.of(new Sky(Examples.GOLDEN), days);

        assertThat(model.toString())
                .isIn("30° from level, facing 180°", "45° from level, facing 180°");
    }

    @Test
    void aClearDayIsNearOne() {
        var days = SimulatedDays.inGolden(6_000, 90, 1);
        var sky = new Sky(Examples.GOLDEN);
        var model = PanelModel.of(sky, days);

        var clearest =
                days.stream()
                        .mapToDouble(day -> {
                            var clear = model.clearWatts(day);
                            for (int i = 0; i < clear.length; i++) {
                                clear[i] = day.watts(i) / clear[i];
                            }
                            return PanelModel.median(clear);
                        })
                        .max()
                        .orElseThrow();

        assertThat(clearest).isCloseTo(1, within(0.06));
    }

    @Test
    void quantilesLeaveOutWhatIsMissing() {
        double[] values = {Double.NaN, 3, 1, 2, Double.NaN};

        assertThat(PanelModel.median(values)).isEqualTo(2);
        assertThat(PanelModel.quantile(values, 1)).isEqualTo(3);
        assertThat(PanelModel.quantile(new double[0], 0.5)).isNaN();
        assertThat(Arrays.stream(values).count()).isEqualTo(5);
    }
}
