package org.wattmark.server.registry;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.Claims.StepTaken;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;

/// The steps of claims' reviews, with what was said.
final class ClaimStepTable implements RowTable<StepTaken> {

    private static final String INSERT =
            """
            insert into claim_step (id, sequence, claim_id, action, person_id, organisation_id,
                about, text, attachments, at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<StepTaken> type() {
        return StepTaken.class;
    }

    @Override
    public void write(Connection connection, List<StepTaken> rows) throws SQLException {
        var steps = rows.stream().map(StepTaken::step).toList();
        Insert.into(connection, INSERT)
                .column("uuid", steps.stream().map(ClaimStep::id).toList())
                .column("bigint", rows.stream().map(StepTaken::sequence).toList())
                .column("uuid", steps.stream().map(step -> step.claim().value()).toList())
                .column("text", steps.stream().map(step -> step.action().name()).toList())
                .column("uuid", steps.stream().map(ClaimStep::person).toList())
                .column("uuid", steps.stream().map(ClaimStep::organisation).toList())
                .column("uuid", steps.stream().map(ClaimStep::about).toList())
                .column("text", steps.stream().map(ClaimStep::text).toList())
                .column(
                        "bytea",
                        steps.stream().map(step -> concatenated(step.attachments())).toList())
                .column("timestamptz", rows.stream().map(r -> Timestamp.from(r.at())).toList())
                .execute();
    }

    static byte[] concatenated(List<Sha256> digests) {
        var bytes = new ByteArrayOutputStream();
        digests.forEach(digest -> bytes.writeBytes(digest.bytes()));
        return bytes.toByteArray();
    }
}
