package org.wattmark.server.registry;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Bytes;

/// The evidence that organisations have stored, which claims, designs and answers name.
record StoredDocuments(JdbcClient jdbc) {

    record Document(String name, Bytes content) {}

    boolean has(UUID organisation, Sha256 hash) {
        return find(organisation, hash).isPresent();
    }

    Optional<Document> find(UUID organisation, Sha256 hash) {
        return jdbc.sql(
                        """
                        select file_name, content from account_evidence
                        where organisation_id = :organisation and sha256 = :sha256
                        """)
                .param("organisation", organisation)
                .param("sha256", hash.bytes())
                .query((row, _) ->
                        new Document(row.getString("file_name"), Bytes.of(row.getBytes("content"))))
                .optional();
    }
}
