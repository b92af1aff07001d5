package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.server.ledger.BinaryCopy;
import tools.jackson.databind.json.JsonMapper;

/// Findings on their way into the table `finding`, by one `COPY`.
final class FindingRows {

    private static final String COLUMNS =
            "finding (device_id, receipt, position, channel, rule, outcome, start_at, end_at,"
                    + " inputs, threshold)";

    private static final int WIDTH = 10;

    /// What a row takes, about.
    private static final int BYTES = 400;

    private static final JsonMapper JSON = JsonMapper.shared();

    private FindingRows() {}

    /// @param receipt the entry whose findings they are
    /// @param position among them
    record Found(DeviceId device, Channel channel, long receipt, int position, Finding finding) {}

    static List<Found> of(DeviceId device, Channel channel, long receipt, List<Finding> findings) {
        var found = new ArrayList<Found>();
        for (var finding : findings) {
            found.add(new Found(device, channel, receipt, found.size(), finding));
        }
        return found;
    }

    static void insert(Connection connection, List<Found> found) throws SQLException {
        if (found.isEmpty()) {
            return;
        }
        var rows = new BinaryCopy(BYTES * found.size());
        for (var each : found) {
            var finding = each.finding();
            rows.row(WIDTH)
                    .uuid(each.device().value())
                    .bigint(each.receipt())
                    .integer(each.position())
                    .text(each.channel().name())
                    .text(finding.rule().name())
                    .text(finding.outcome().name())
                    .timestamptz(finding.interval().start())
                    .timestamptz(finding.interval().end())
                    .text(json(finding))
                    .text(finding.threshold());
        }
        rows.into(connection, COLUMNS);
    }

    private static String json(Finding finding) {
        return JSON.writeValueAsString(finding.inputs());
    }
}
