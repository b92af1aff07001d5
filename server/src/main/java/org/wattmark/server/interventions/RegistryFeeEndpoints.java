package org.wattmark.server.interventions;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.registry.FeeVersion;
import org.wattmark.server.interventions.InterventionBodies.FeeView;

/// What the registry charges.
@RestController
@Tag(name = "Fees")
class RegistryFeeEndpoints {

    private final JdbcClient jdbc;

    RegistryFeeEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Every schedule that was approved, the first one first. The latest whose time has come
    /// applies; where there is none, nothing is charged.
    @GetMapping("/api/v1/public/registry-fees")
    Schedules schedules() {
        return new Schedules(
                jdbc
                        .sql(RegistryFeeTable.SELECT + " order by version")
                        .query((row, _) -> RegistryFeeTable.version(row))
                        .list()
                        .stream()
                        .map(Schedule::of)
                        .toList());
    }

    record Schedules(List<Schedule> schedules) {}

    record Schedule(int version, FeeView fees) {

        static Schedule of(FeeVersion version) {
            return new Schedule(version.number(), FeeView.of(version.schedule()));
        }
    }
}
