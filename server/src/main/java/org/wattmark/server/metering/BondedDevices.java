package org.wattmark.server.metering;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceProgress;

/// Bonded devices as the last commit left them, for any thread. What it says of a device stands; of
/// its progress the sequencer may know more.
public final class BondedDevices {

    private static final String OF_OWNER =
            """
            select * from device where owner_id = :owner and id > :after order by id limit :limit
            """;

    private static final String NEAR =
            """
            select * from device
            where id <> :id and interval_seconds = :seconds and simulated = :simulated
                and latitude between :latitude - :degrees and :latitude + :degrees
                and longitude between :longitude - :degrees and :longitude + :degrees
            order by (latitude - :latitude) ^ 2 + (longitude - :longitude) ^ 2, id limit :limit
            """;

    private static final String LAST_SEQUENCES =
            "select device_id, last_sequence from device_progress where device_id = any(:ids)";

    private final JdbcClient jdbc;

    public BondedDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The device, if it is the account's: nobody learns of the others that they exist.
    public Optional<BondedDevice> find(DeviceId id, UUID owner) {
        return find(id).filter(bonded -> bonded.device().owner().equals(owner));
    }

    public Optional<BondedDevice> find(DeviceId id) {
        return jdbc.sql("select * from device where id = :id")
                .param("id", id.value())
                .query((row, _) -> DeviceTable.bond(row))
                .optional();
    }

    /// The first devices of an owner after one, in order of id.
    List<BondedDevice> ofOwner(UUID owner, UUID after, int limit) {
        return jdbc.sql(OF_OWNER)
                .param("owner", owner)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> DeviceTable.bond(row))
                .list();
    }

    /// The nearest devices under the same sky, whoever's they are, with intervals as long.
    ///
    /// @param degrees most, of latitude and of longitude
    public List<BondedDevice> near(Device device, BigDecimal degrees, int limit) {
        return jdbc.sql(NEAR)
                .param("id", device.id().value())
                .param("seconds", device.intervalLength().toSeconds())
                .param("simulated", device.simulated())
                .param("latitude", device.site().latitude())
                .param("longitude", device.site().longitude())
                .param("degrees", degrees)
                .param("limit", limit)
                .query((row, _) -> DeviceTable.bond(row))
                .list();
    }

    /// How many batches each device has sent, as far as that is committed; none that has not begun.
    Map<DeviceId, Long> lastSequences(Collection<DeviceId> ids) {
        var last = new HashMap<DeviceId, Long>();
        jdbc.sql(LAST_SEQUENCES)
                .param("ids", ids.stream().map(DeviceId::value).toArray(UUID[]::new))
                .query(row -> {
                    last.put(
                            new DeviceId(row.getObject("device_id", UUID.class)),
                            row.getLong("last_sequence"));
                });
        return last;
    }

    public DeviceProgress progress(DeviceId id) {
        return jdbc.sql("select * from device_progress where device_id = :id")
                .param("id", id.value())
                .query((row, _) -> ProgressTable.progress(row))
                .optional()
                .orElse(DeviceProgress.NONE);
    }
}
