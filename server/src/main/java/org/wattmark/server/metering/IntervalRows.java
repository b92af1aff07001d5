package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.ledger.BinaryCopy;

/// Readings on their way into the table `interval`, by one `COPY`. A row that is there already
/// breaks it.
final class IntervalRows {

    private static final String COLUMNS =
            "device_id, channel, start_at, seconds, raw_wh, energy_wh, metered_wh, late, receipt";

    private static final int WIDTH = 9;

    /// What a row takes at the most.
    private static final int BYTES = 128;

    private final IntervalMonths months;
    private final BinaryCopy rows;
    private boolean empty = true;

    /// @param expected how many there will be
    IntervalRows(IntervalMonths months, int expected) {
        this.months = months;
        this.rows = new BinaryCopy(BYTES * expected);
    }

    void add(
            DeviceId device,
            Channel channel,
            IntervalReading reading,
            boolean isLate,
            long receipt) {
        var start = reading.interval().start();
        long energy = Math.max(0, reading.rawWattHours());
        months.want(start);
        rows.row(WIDTH)
                .uuid(device.value())
                .text(channel.name())
                .timestamptz(start)
                .integer(Math.toIntExact(reading.interval().length().toSeconds()))
                .bigint(reading.rawWattHours())
                .bigint(energy)
                .bigint(energy)
                .bool(isLate)
                .bigint(receipt);
        empty = false;
    }

    void writeTo(Connection connection) throws SQLException {
        if (!empty) {
            months.make(connection);
            rows.into(connection, "interval (" + COLUMNS + ")");
        }
    }
}
