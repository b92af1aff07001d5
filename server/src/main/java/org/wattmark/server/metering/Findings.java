package org.wattmark.server.metering;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What the checks found in the readings of each device.
final class Findings {

    private static final String AFTER =
            """
            select * from finding
            where device_id = :device and (receipt, position) > (:receipt, :position)
            order by receipt, position
            limit :limit
            """;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, String>> INPUTS =
            new TypeReference<>() {};

    private final JdbcClient jdbc;

    Findings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A finding as the API shows it.
    ///
    /// @param receiptSequence the journal's entry that took the batch in
    record Kept(
            long receiptSequence,
            @JsonIgnore int position,
            Channel channel,
            Finding.Rule rule,
            Finding.Outcome outcome,
            Instant start,
            Instant end,
            Map<String, String> inputs,
            String threshold) {

        Place place() {
            return new Place(receiptSequence, position);
        }
    }

    /// Where a finding stands in the order of the journal.
    record Place(long receipt, int position) {

        static final Place START = new Place(-1, 0);

        static Place parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("not a cursor of findings");
            }
            return new Place(
                    Long.parseLong(text.substring(0, dot)),
                    Integer.parseInt(text.substring(dot + 1)));
        }

        @Override
        public String toString() {
            return receipt + "." + position;
        }
    }

    /// The first findings after a place.
    List<Kept> after(DeviceId device, Place place, int limit) {
        return jdbc.sql(AFTER)
                .param("device", device.value())
                .param("receipt", place.receipt())
                .param("position", place.position())
                .param("limit", limit)
                .query((row, _) ->
                        new Kept(
                                row.getLong("receipt"),
                                row.getInt("position"),
                                Channel.valueOf(row.getString("channel")),
                                Finding.Rule.valueOf(row.getString("rule")),
                                Finding.Outcome.valueOf(row.getString("outcome")),
                                row.getTimestamp("start_at").toInstant(),
                                row.getTimestamp("end_at").toInstant(),
                                JSON.readValue(row.getString("inputs"), INPUTS),
                                row.getString("threshold")))
                .list();
    }
}
