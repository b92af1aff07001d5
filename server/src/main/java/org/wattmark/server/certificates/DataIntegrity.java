package org.wattmark.server.certificates;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.erdtman.jcs.JsonCanonicalizer;
import org.wattmark.units.Canonical;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The Data Integrity proof `eddsa-jcs-2022`: W3C Recommendation "Data Integrity EdDSA Cryptosuites
/// v1.0" of 15 May 2025, section 3.3.
///
/// What is signed is SHA-256 of the canonical proof options, then SHA-256 of the canonical document
/// without its proof. Canonical is JCS, RFC 8785.
final class DataIntegrity {

    static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final String TYPE = "DataIntegrityProof";
    private static final String SUITE = "eddsa-jcs-2022";
    private static final String CONTEXT = "@context";
    private static final String PROOF = "proof";
    private static final String VALUE = "proofValue";

    private DataIntegrity() {}

    /// @param document without a proof; it is left as it is
    /// @param method the id of the key, such as `did:web:example.com#z6Mk…`
    static ObjectNode sign(ObjectNode document, IssuerKey key, String method, Instant created) {
        var proof = JSON.createObjectNode();
        if (document.has(CONTEXT)) {
            proof.set(CONTEXT, document.get(CONTEXT).deepCopy());
        }
        proof.put("type", TYPE)
                .put("cryptosuite", SUITE)
                .put("created", created.toString())
                .put("verificationMethod", method)
                .put("proofPurpose", "assertionMethod");
        var value = Multibase.encode(key.sign(hashData(proof, document)));
        proof.put(VALUE, value);
        var secured = document.deepCopy();
        secured.set(PROOF, proof);
        return secured;
    }

    /// Whether this key made the proof of the document, for an assertion.
    ///
    /// @param multikey `publicKeyMultibase`
    static boolean verify(ObjectNode secured, String multikey) {
        if (!(secured.get(PROOF) instanceof ObjectNode proof)
                || !proof.path("type").asString("").equals(TYPE)
                || !proof.path("cryptosuite").asString("").equals(SUITE)
                || !proof.path("proofPurpose").asString("").equals("assertionMethod")
                || !proof.path(VALUE).isString()) {
            return false;
        }
        var document = secured.deepCopy();
        document.remove(PROOF);
        // Stricter than the text, which lets the document add contexts: ours never does.
        if (proof.has(CONTEXT) && !proof.get(CONTEXT).equals(document.get(CONTEXT))) {
            return false;
        }
        var options = proof.deepCopy();
        options.remove(VALUE);
        try {
            var signature = Multibase.decode(proof.path(VALUE).asString());
            var verifier = new Ed25519Signer();
            verifier.init(false, publicKey(multikey));
            var signed = hashData(options, document);
            verifier.update(signed, 0, signed.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Ed25519PublicKeyParameters publicKey(String multikey) {
        return new Ed25519PublicKeyParameters(Multibase.decode(Multibase.ED25519_PUBLIC, multikey));
    }

    /// The id of the key that the proof says made it.
    static Optional<String> method(ObjectNode secured) {
        return Optional.ofNullable(secured.path(PROOF).get("verificationMethod"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    private static byte[] hashData(ObjectNode options, ObjectNode document) {
        var optionsHash = Canonical.sha256(canonical(options));
        var hashes = Arrays.copyOf(optionsHash, 2 * optionsHash.length);
        System.arraycopy(
                Canonical.sha256(canonical(document)),
                0,
                hashes,
                optionsHash.length,
                optionsHash.length);
        return hashes;
    }

    static byte[] canonical(ObjectNode document) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(document)).getEncodedUTF8();
        } catch (IOException e) {
            throw new IllegalArgumentException("JSON that has no canonical form", e);
        }
    }

    /// @throws Canonical.Malformed for what is no JSON object
    static ObjectNode parse(byte[] file) throws Canonical.Malformed {
        try {
            if (JSON.readTree(file) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Canonical.Malformed("not JSON: " + e.getOriginalMessage());
        }
        throw new Canonical.Malformed("not a JSON object");
    }
}
