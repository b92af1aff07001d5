package org.wattmark.server.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Canonical;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `eddsa-jcs-2022`: by the vectors of the Recommendation, and step by step with other means.
class DataIntegrityTest {

    /// W3C "Data Integrity EdDSA Cryptosuites v1.0", appendix B.1, example "secret key".
    private static final String SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";

    private static final String PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    private static final String METHOD = "https://vc.example/issuers/5678#" + PUBLIC;
    private static final Instant CREATED = Instant.parse("2023-02-24T23:36:38Z");

    /// The same, appendix B.2: the credential without its proof.
    private static final String UNSIGNED =
            """
            {"@context":["https://www.w3.org/ns/credentials/v2",
              "https://www.w3.org/ns/credentials/examples/v2"],
             "id":"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
             "type":["VerifiableCredential","AlumniCredential"],
             "name":"Alumni Credential",
             "description":"A minimum viable example of an Alumni Credential.",
             "issuer":"https://vc.example/issuers/5678",
             "validFrom":"2023-01-01T00:00:00Z",
             "credentialSubject":{"id":"did:example:abcdefgh",
              "alumniOf":"The School of Examples"}}
            """;

    /// SHA-256 of the canonical proof options, then of the canonical document, by another program;
    /// the signature below is one on these.
    private static final String HASHES =
            "ac75a9fbdb9b5606c064a88bb59ab355900074f6def99d16a82dd071a7a67066"
                    + "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19";

    /// The signature of that example.
    private static final String SIGNATURE =
            "fc91dec6565f35fbe185a77352e7fc512f95d1904da305cfef32ab8135469301"
                    + "f5a72d4e7a58368fc6ffc497b44633993bac054e3bc1436e3c846db8f1544503";

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    @Test
    void theVectorsOfTheRecommendationAreMadeToTheByte() throws Exception {
        var key = IssuerKey.of(SECRET);

        var signed = DataIntegrity.sign(json(UNSIGNED), key, METHOD, CREATED);

        assertThat(key.multikey()).isEqualTo(PUBLIC);
        assertThat(HexFormat.of().formatHex(hashes(signed))).isEqualTo(HASHES);
        var value = Multibase.decode(signed.path("proof").path("proofValue").asString());
        assertThat(HexFormat.of().formatHex(value)).isEqualTo(SIGNATURE);
        assertThat(DataIntegrity.verify(signed, PUBLIC)).isTrue();
    }

    /// By the JDK's signatures and a canonicaliser of a few lines, neither of which signed it.
    @Test
    void aProofIsVerifiedByAStrangerStepByStep() throws Exception {
        var key = IssuerKey.of(SECRET);
        var document =
                json(UNSIGNED).put("name", "Grün & \"<ß>\" \u20ac\n").put("grams", 2_000_000);

        var signed = DataIntegrity.sign(document, key, METHOD, CREATED);

        assertThat(verifiedByStranger(signed)).isTrue();
        assertThat(verifiedByStranger(signed.deepCopy().put("grams", 2_000_001))).isFalse();
    }

    private static boolean verifiedByStranger(ObjectNode signed) throws Exception {
        var raw = Arrays.copyOfRange(Multibase.decode(PUBLIC), 2, 34);
        var prefix = HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410, section 4
        var encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(hashes(signed));
        return verifier.verify(
                Multibase.decode(signed.path("proof").path("proofValue").asString()));
    }

    private static byte[] hashes(ObjectNode signed) throws Exception {
        var document = signed.deepCopy();
        var options = (ObjectNode) document.remove("proof");
        options.remove("proofValue");
        var sha256 = MessageDigest.getInstance("SHA-256");
        var first = sha256.digest(canonical(options).getBytes(UTF_8));
        var second = sha256.digest(canonical(document).getBytes(UTF_8));
        var both = Arrays.copyOf(first, 64);
        System.arraycopy(second, 0, both, 32, 32);
        return both;
    }

    /// RFC 8785 for what these documents have: names in the order of UTF-16, whole numbers, texts.
    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            var fields = new TreeMap<String, JsonNode>();
            node.properties().forEach(it -> fields.put(it.getKey(), it.getValue()));
            return fields.entrySet().stream()
                    .map(it -> quoted(it.getKey()) + ":" + canonical(it.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream()
                    .map(DataIntegrityTest::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.isString() ? quoted(node.asString()) : node.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    @Test
    void whateverIsChangedIsFound() {
        var signed = DataIntegrity.sign(json(UNSIGNED), IssuerKey.of(SECRET), METHOD, CREATED);

        for (var field : signed.propertyNames()) {
            var changed = signed.deepCopy();
            changed.remove(field);
            assertThat(DataIntegrity.verify(changed, PUBLIC)).as(field).isFalse();
        }
        for (var field : ((ObjectNode) signed.get("proof")).propertyNames()) {
            var changed = signed.deepCopy();
            ((ObjectNode) changed.get("proof")).put(field, "otherwise");
            assertThat(DataIntegrity.verify(changed, PUBLIC)).as("proof/" + field).isFalse();
        }
        assertThat(DataIntegrity.verify(signed.deepCopy().put("more", 1), PUBLIC)).isFalse();
    }

    @Test
    void aKeyNeverSaysItsSecret() {
        assertThat(IssuerKey.of(SECRET).toString()).contains(PUBLIC).doesNotContain(SECRET);
    }

    @Test
    void whatIsNoJsonObjectIsMalformed() {
        for (var text : new String[] {"", "[]", "7", "{", "{\"a\":1,\"a\":2}"}) {
            assertThatThrownBy(() -> DataIntegrity.parse(text.getBytes(UTF_8)))
                    .isInstanceOf(Canonical.Malformed.class);
        }
    }

    @Seeded
    void base58GivesBackEveryRunOfBytes(RandomGenerator random) {
        var bytes = new byte[random.nextInt(70)];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, Math.min(bytes.length, random.nextInt(4)), (byte) 0);

        assertThat(Multibase.decode(Multibase.encode(bytes))).isEqualTo(bytes);
    }
}
