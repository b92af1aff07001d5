package org.wattmark.server.accounts;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Bytes;

/// Bills and the like, by the SHA-256 of their bytes.
public final class Evidence {

    /// What a firm may keep in all.
    public static final long MOST_BYTES = 1_000_000_000;

    private final JdbcClient jdbc;

    Evidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record File(String name, String mediaType, Bytes content) {}

    public Optional<File> find(UUID organisation, byte[] sha256) {
        return jdbc.sql(
                        """
                        select * from account_evidence
                        where organisation_id = :organisation and sha256 = :sha256
                        """)
                .param("organisation", organisation)
                .param("sha256", sha256)
                .query((row, _) ->
                        new File(
                                row.getString("file_name"),
                                row.getString("media_type"),
                                Bytes.of(row.getBytes("content"))))
                .optional();
    }

    /// What a body names: nothing, or a file that the actor's organisation has stored.
    Optional<Bytes> named(@Nullable String sha256, Actor actor) {
        if (sha256 == null) {
            return Optional.empty();
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw Faults.invalid("/evidence", "is a SHA-256 in 64 hexadecimal digits");
        }
        var hash = HexFormat.of().parseHex(sha256);
        if (!has(actor.organisation(), hash)) {
            throw Faults.invalid(
                    "/evidence", "is no evidence of yours: upload the file first, then name it");
        }
        return Optional.of(Bytes.of(hash));
    }

    public boolean has(UUID organisation, byte[] sha256) {
        return jdbc.sql(
                        """
                        select exists (select from account_evidence
                            where organisation_id = :organisation and sha256 = :sha256)
                        """)
                .param("organisation", organisation)
                .param("sha256", sha256)
                .query(Boolean.class)
                .single();
    }

    long bytesOf(UUID organisation) {
        return jdbc.sql(
                        """
                        select coalesce(sum(length(content)), 0) from account_evidence
                        where organisation_id = :organisation
                        """)
                .param("organisation", organisation)
                .query(Long.class)
                .single();
    }

    /// Stores a file once, under the name that it first came by.
    ///
    /// @return whether it is new
    public boolean store(UUID organisation, byte[] sha256, File file, String by) {
        return jdbc.sql(
                                """
                                insert into account_evidence (organisation_id, sha256, file_name,
                                    media_type, content, recorded_by)
                                values (:organisation, :sha256, :name, :type, :content, :by)
                                on conflict do nothing
                                """)
                        .param("organisation", organisation)
                        .param("sha256", sha256)
                        .param("name", file.name())
                        .param("type", file.mediaType())
                        .param("content", file.content().toByteArray())
                        .param("by", by)
                        .update()
                == 1;
    }
}
