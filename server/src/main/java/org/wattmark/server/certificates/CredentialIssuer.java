package org.wattmark.server.certificates;

import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.units.Canonical;
import tools.jackson.databind.node.ObjectNode;

/// Who signs: credentials, which follow from records alone, and status lists, which say how things
/// stand now.
final class CredentialIssuer {

    private final JdbcClient jdbc;
    private final IssuerKey key;
    private final URI base;
    private final String log;
    private final InstantSource clock;

    /// @param log the name of the log
    CredentialIssuer(JdbcClient jdbc, IssuerKey key, URI base, String log, InstantSource clock) {
        this.jdbc = jdbc;
        this.key = key;
        this.base = base;
        this.log = log;
        this.clock = clock;
    }

    URI base() {
        return base;
    }

    private String method() {
        return Credential.did(base) + "#" + key.multikey();
    }

    /// The same for the same certificate: it is dated by the retirement.
    byte[] credential(Certificate certificate) {
        try {
            var unsigned = Credential.unsigned(certificate, base);
            return bytes(DataIntegrity.sign(unsigned, key, method(), certificate.statement().at()));
        } catch (Canonical.Malformed e) {
            throw new IllegalStateException("the records are damaged", e);
        }
    }

    /// Empty beyond the journal's end.
    Optional<byte[]> statusList(long number) {
        long end = jdbc.sql("select next_sequence from leader").query(Long.class).single();
        if (number < 0 || number > StatusList.numberFor(Math.max(0, end - 1))) {
            return Optional.empty();
        }
        // Before the rows are read: what changes from here on is not in it.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var list = new StatusList();
        jdbc.sql(
                        """
                        select retirement.sequence, certificate_status.status
                        from retirement
                        join certificate_status
                            on certificate_status.retirement_id = retirement.id
                        where retirement.sequence >= :first and retirement.sequence < :end
                            and certificate_status.status <> 'VALID'
                        """)
                .param("first", number * StatusList.ENTRIES)
                .param("end", (number + 1) * StatusList.ENTRIES)
                .query(
                        (RowCallbackHandler)
                                row ->
                                        list.set(
                                                row.getLong("sequence"),
                                                ClaimGuard.Standing.valueOf(
                                                        row.getString("status"))));
        var unsigned = list.unsigned(base, number, log, now);
        return Optional.of(bytes(DataIntegrity.sign(unsigned, key, method(), now)));
    }

    /// The DID document: the keys by which credentials are checked.
    byte[] didDocument() {
        var did = Credential.did(base);
        var json = DataIntegrity.JSON.createObjectNode();
        json.putArray("@context")
                .add("https://www.w3.org/ns/did/v1")
                .add("https://w3id.org/security/multikey/v1");
        json.put("id", did);
        var methods = json.putArray("verificationMethod");
        var assertions = json.putArray("assertionMethod");
        for (var multikey : key.multikeys()) {
            methods.addObject()
                    .put("id", did + "#" + multikey)
                    .put("type", "Multikey")
                    .put("controller", did)
                    .put("publicKeyMultibase", multikey);
            assertions.add(did + "#" + multikey);
        }
        json.putArray("service")
                .addObject()
                .put("id", did + "#log")
                .put("type", "TransparencyLog")
                .put("serviceEndpoint", CertificateLinks.below(base, "/log").toString());
        return bytes(json);
    }

    private static byte[] bytes(ObjectNode json) {
        return DataIntegrity.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
