package org.wattmark.server.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        var before = days.of(panel.id(), panel.today());
        var totalBefore = euros(panel);
        panel.send(4, 500);
        accrual.run();

        var after = days.of(panel.id(), panel.today());

        boolean test = after.getFirst().test();
        assertThat(before).containsExactly(new Earned(programme, test, "EUR", 9_000, 0, 0));
        assertThat(after)
                .containsExactly(
                        new Earned(programme, test, "EUR", 9_000, 2_000, 2_000 * 7_886 / 100));
        assertThat(euros(panel) - totalBefore).isEqualTo(2_000 * 7_886 / 100);
        assertThat(days.of(panel.id(), panel.today().minusDays(400))).isEmpty();
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
