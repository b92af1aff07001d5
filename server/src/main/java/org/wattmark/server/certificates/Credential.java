package org.wattmark.server.certificates;

import java.net.URI;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.Serials;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TlogProof;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A certificate as a Verifiable Credential (W3C Recommendation "Verifiable Credentials Data Model
/// v2.0" of 15 May 2025).
///
/// It says the same thing twice: its issuer signs it, and it carries the log's own proof, which
/// needs no trust in the issuer's key. Everything in it follows from the certificate and from the
/// issuer's address, so a credential has one form.
public final class Credential {

    static final String CONTEXT = "https://www.w3.org/ns/credentials/v2";

    /// Where terms of ours are defined; nothing is to be fetched there.
    private static final String VOCABULARY = "urn:wattmark:certificate:v1:";

    private static final String ID_BEFORE = "/api/v1/certificates/";
    private static final String ID_AFTER = "/credential";

    private Credential() {}

    /// A credential that was read, and found to say what its certificate proves.
    ///
    /// @param issuer the DID of who says to have signed it
    public record Given(Certificate certificate, String issuer, Signed document) {}

    /// A document with a proof that nobody has checked yet.
    public record Signed(ObjectNode json) {

        /// Whether this key made the proof.
        ///
        /// @param multikey `publicKeyMultibase`
        public boolean isBy(String multikey) {
            return DataIntegrity.verify(json, multikey);
        }
    }

    /// The `did:web` of a server, whose document lies at `/.well-known/did.json`.
    static String did(URI base) {
        return "did:web:" + base.getHost() + (base.getPort() < 0 ? "" : "%3A" + base.getPort());
    }

    /// Whether these bytes look like a credential rather than like a certificate's own file.
    public static boolean looksLike(byte[] file) {
        try {
            return DataIntegrity.parse(file).has("@context");
        } catch (Canonical.Malformed e) {
            return false;
        }
    }

    static ObjectNode unsigned(Certificate certificate, URI base) throws Canonical.Malformed {
        var statement = certificate.statement();
        var json = DataIntegrity.JSON.createObjectNode();
        context(json);
        json.put("id", CertificateLinks.credential(base, statement.id()).toString());
        json.putArray("type").add("VerifiableCredential").add("CarbonRetirementCertificate");
        json.put("issuer", did(base));
        json.put("validFrom", statement.at().toString());
        json.put("name", "Certificate " + Serials.of(statement));
        json.put("description", CertificatePage.headline(statement));
        json.set("credentialSubject", subject(statement));
        var status = json.putArray("credentialStatus");
        var place = StatusList.Place.of(certificate.proof().index());
        status.add(entry(place, base, StatusList.REVOCATION, place.revocation()));
        status.add(entry(place, base, StatusList.SUSPENSION, place.suspension()));
        json.putArray("evidence").add(evidence(certificate));
        return json;
    }

    static void context(ObjectNode json) {
        var context = json.putArray("@context").add(CONTEXT);
        context.addObject().put("@vocab", VOCABULARY);
    }

    private static ObjectNode subject(RetirementStatement statement) {
        var subject = DataIntegrity.JSON.createObjectNode();
        subject.put("id", "urn:uuid:" + statement.id())
                .put("type", "CarbonRetirement")
                .put("unitClass", statement.unitClass().name())
                .put("beneficiary", statement.beneficiary())
                .put("purpose", statement.purpose())
                .put("grams", statement.quantity().grams())
                .put("serials", Serials.of(statement))
                .put("block", statement.block().toString())
                .put("firstSerial", statement.serials().first())
                .put("lastSerial", statement.serials().last())
                .put("vintage", statement.vintage().getValue())
                .put("project", statement.project().toString())
                .put("country", statement.region())
                .put("methodology", statement.methodology().toString())
                .put("assuranceTier", statement.tier().name())
                .put("verifiedBy", ClaimGuard.verified(statement.verifiedBy()))
                .put("retiredAt", statement.at().toString());
        return subject;
    }

    private static ObjectNode entry(StatusList.Place place, URI base, String purpose, int index) {
        var list = CertificateLinks.statusList(base, place.list());
        var entry = DataIntegrity.JSON.createObjectNode();
        entry.put("id", list + "#" + index)
                .put("type", "BitstringStatusListEntry")
                .put("statusPurpose", purpose)
                .put("statusListIndex", String.valueOf(index))
                .put("statusListCredential", list.toString());
        return entry;
    }

    private static ObjectNode evidence(Certificate certificate) {
        var evidence = DataIntegrity.JSON.createObjectNode();
        evidence.putArray("type").add("TransparencyLogProof");
        evidence.put("leaf", Base64.getEncoder().encodeToString(certificate.leaf().toByteArray()));
        evidence.put("salt", certificate.salt().hex());
        var lines = evidence.putArray("tlogProof");
        certificate.proof().format().lines().forEach(lines::add);
        return evidence;
    }

    /// Reads a credential as its issuer wrote it. One that says anything else than its own proof
    /// proves is [Canonical.Malformed]. The issuer's signature is not looked at here.
    public static Given read(byte[] file) throws Canonical.Malformed {
        var json = DataIntegrity.parse(file);
        var document = json.deepCopy();
        document.remove("proof");
        var certificate = certificate(document);
        var base = base(document, certificate.statement().id());
        if (!unsigned(certificate, base).equals(canonical(document))) {
            throw new Canonical.Malformed("what the credential says is not what its leaf proves");
        }
        return new Given(certificate, did(base), new Signed(json));
    }

    /// Numbers of one value are one, whether they were read as int or as long.
    private static JsonNode canonical(ObjectNode document) throws Canonical.Malformed {
        var subject = document.get("credentialSubject");
        if (!(subject instanceof ObjectNode fields)) {
            throw new Canonical.Malformed("a credential has a subject");
        }
        for (var name : new String[] {"grams", "firstSerial", "lastSerial"}) {
            var value = fields.get(name);
            if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
                fields.put(name, value.asLong());
            }
        }
        return document;
    }

    private static Certificate certificate(ObjectNode document) throws Canonical.Malformed {
        var evidence = document.path("evidence").path(0);
        var subject = document.path("credentialSubject");
        var lines = new StringBuilder();
        for (var line : evidence.path("tlogProof")) {
            lines.append(text(line)).append('\n');
        }
        try {
            var certificate =
                    new Certificate(
                            Bytes.of(Base64.getDecoder().decode(text(evidence.get("leaf")))),
                            text(subject.get("beneficiary")),
                            text(subject.get("purpose")),
                            Bytes.ofHex(text(evidence.get("salt"))),
                            TlogProof.parse(lines.toString()));
            if (!certificate.proof().extra().isEmpty()) {
                throw new Canonical.Malformed("its proof has an extra line, which nothing proves");
            }
            return certificate;
        } catch (MalformedException e) {
            throw new Canonical.Malformed("its proof cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed("not a credential of Wattmark's");
        }
    }

    private static String text(@Nullable JsonNode node) throws Canonical.Malformed {
        if (node == null || !node.isString()) {
            throw new Canonical.Malformed("not a credential of Wattmark's");
        }
        return node.asString();
    }

    private static URI base(ObjectNode document, UUID id) throws Canonical.Malformed {
        var address = text(document.get("id"));
        var end = ID_BEFORE + id + ID_AFTER;
        try {
            var base =
                    URI.create(address.substring(0, Math.max(0, address.length() - end.length())));
            if (address.endsWith(end) && base.getHost() != null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Canonical.Malformed("its id is not that of its retirement");
    }
}
