package org.wattmark.server.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.server.rewards.RewardedDays.Earned;

/// What a day has earned so far, as it is shown live.
class RewardedDaysTest extends RewardTest {

    @Autowired private RewardedDays days;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    RewardedDaysTest() {}

    @Test
    void aDaySaysHowMuchOfTheCapIsUsedAndWhatItEarned() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        var before = earned(panel, panel.today());
        var totalBefore = euros(panel);
        panel.send(4, 500);
        accrual.run();

        var after = earned(panel, panel.today());

        boolean test = after.getFirst().test();
        assertThat(before).containsExactly(new Earned(programme, test, "EUR", 9_000, 0, 0));
        assertThat(after)
                .containsExactly(
                        new Earned(programme, test, "EUR", 9_000, 2_000, 2_000 * 7_886 / 100));
        assertThat(euros(panel) - totalBefore).isEqualTo(2_000 * 7_886 / 100);
        assertThat(earned(panel, panel.today().minusDays(400))).isEmpty();
    }

    private List<Earned> earned(Sunlit panel, LocalDate day) {
        return days.of(Map.of(panel.id(), day)).getOrDefault(panel.id(), List.of());
    }

    /// Micro-euros of all devices on the panel's day, of whichever kind.
    private long euros(Sunlit panel) {
        return days.total(panel.today()).values().stream()
                .flatMap(List::stream)
                .filter(total -> total.currency().equals("EUR"))
                .mapToLong(RewardedDays.Total::micros)
                .sum();
    }
}
