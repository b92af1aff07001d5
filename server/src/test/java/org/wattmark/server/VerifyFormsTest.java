package org.wattmark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.server.certificates.PdfCertificate;
import org.wattmark.server.market.IssuedCredits;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;
import picocli.CommandLine;

/// `wattmark verify` on what a running server gives out: JSON, PDF, credential, status list.
class VerifyFormsTest extends ServerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired private Sequencer sequencer;
    @Autowired private GridFactors factors;
    @TempDir private Path folder;

    private final UUID id = UUID.randomUUID();
    private Path trust = Path.of("");

    @SuppressWarnings("NullAway.Init") // Spring and JUnit set the fields before each test
    VerifyFormsTest() {}

    @BeforeEach
    void givenARetirementAndAPinnedServer() {
        var organisation = newOrganisation(Role.PROPONENT);
        var block = new IssuedCredits(sequencer, factors).to(organisation, UnitClass.LIVE);
        retire(organisation, block);
        trust = folder.resolve("keys.txt");
        assertThat(Wattmark.run("keys", "trust", server(), "--out", trust.toString())).isZero();
    }

    private void retire(UUID organisation, CreditBlock block) {
        var request =
                new RetireCredits(
                        id,
                        AccountId.holder(organisation),
                        block.id(),
                        new Co2e(2_000_000),
                        "A bakery {{purpose}} <script>",
                        "Its ovens & {{beneficiary}} 烤箱");
        assertThat(sequencer.apply(request)).isInstanceOf(Retirement.Retired.class);
    }

    private String server() {
        return "http://localhost:" + port;
    }

    private byte[] fetched(String path) throws Exception {
        var answer = HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.body();
    }

    private byte[] form(String form) throws Exception {
        return fetched("/api/v1/certificates/" + id + form);
    }

    /// What the command answered.
    private record Answer(int code, String out) {}

    private Answer verify(byte[] file, String... options) throws IOException {
        var out = new StringWriter();
        var path = Files.write(folder.resolve("given"), file);
        var arguments = new String[options.length + 3];
        arguments[0] = path.toString();
        arguments[1] = "--trust";
        arguments[2] = trust.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        int code = new CommandLine(new Verify()).setOut(new PrintWriter(out)).execute(arguments);
        return new Answer(code, out.toString());
    }

    @Test
    void aPdfIsVerifiedByWhatIsEmbeddedInIt() throws Exception {
        var pdf = form("/pdf");

        var answer = verify(pdf);

        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out())
                .contains("AUTHENTIC", "2.000000 t CO2e")
                .contains("the text of its pages is not: compare it");
        assertThat(PdfCertificate.extract(pdf)).isEqualTo(form("?wait=5s"));
    }

    /// The embedded certificate stands in the PDF as it is, so each of its bytes can be changed.
    @Test
    void aChangedByteOfTheEmbeddedCertificateIsFound() throws Exception {
        var pdf = form("/pdf");
        var embedded = form("?wait=5s");
        int start = indexOf(pdf, embedded);
        assertThat(start).isPositive();

        for (int i = 0; i < embedded.length; i += 23) {
            var changed = pdf.clone();
            changed[start + i] ^= (byte) (1 << (i % 7));
            assertThat(verify(changed).code()).as("byte %d", i).isIn(1, 3);
        }
    }

    /// Elsewhere a changed byte may pass, and then what is proven is the same as before.
    @Test
    void aChangedByteElsewhereChangesNothingThatIsProven() throws Exception {
        var pdf = form("/pdf");
        var honest = verify(pdf).out();

        for (int i = 0; i < pdf.length; i += 997) {
            var changed = pdf.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            var answer = verify(changed);
            assertThat(answer.code() != 0 || answer.out().equals(honest)).as("byte %d", i).isTrue();
        }
    }

    private static int indexOf(byte[] whole, byte[] part) {
        var latin = StandardCharsets.ISO_8859_1;
        return new String(whole, latin).indexOf(new String(part, latin));
    }

    @Test
    void aPdfWithoutACertificateIsNone() throws Exception {
        var pdf = form("/pdf");
        var latin = StandardCharsets.ISO_8859_1;
        var renamed = new String(pdf, latin).replace("wattmark-cert", "wattmark-cart");

        assertThat(verify("%PDF-1.7\nnonsense".getBytes(latin)).code()).isEqualTo(1);
        assertThat(verify(renamed.getBytes(latin)).code()).isEqualTo(1);
    }

    @Test
    void aCredentialIsVerifiedByTheLogAndByItsIssuer() throws Exception {
        var credential = form("/credential");

        var answer = verify(credential);

        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out()).contains("AUTHENTIC", "signed by its issuer, did:web:");
        assertThat(form("/credential")).isEqualTo(credential);
        var text = new String(credential, StandardCharsets.UTF_8);
        for (var change :
                Map.of("2000000", "2000001", "A bakery", "A butcher", "GBR", "DEU").entrySet()) {
            assertThat(text).contains(change.getKey());
            var changed = text.replace(change.getKey(), change.getValue());
            assertThat(verify(changed.getBytes(StandardCharsets.UTF_8)).code())
                    .as(change.getKey())
                    .isEqualTo(1);
        }
    }

    @Test
    void whoDoesNotKnowTheIssuerStillHasTheLogsProof() throws Exception {
        var pins = Files.readString(trust);
        Files.writeString(trust, pins.replaceAll("# issuer .*\n", ""));

        var answer = verify(form("/credential"));

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("not one of a key that you trust");
    }

    @Test
    void aStatusListSaysWhetherItStandsAndHowOldItIs() throws Exception {
        var certificate = form("?wait=5s");
        var list = fetched("/api/v1/public/status-lists/0");
        var file = Files.write(folder.resolve("list.json"), list);

        var offline = verify(certificate, "--status", file.toString());
        var online = verify(certificate, "--online", server());

        assertThat(offline.code()).as(offline.out()).isZero();
        assertThat(offline.out()).containsPattern("status: valid as of .*Z, \\d+ seconds ago");
        assertThat(online.code()).as(online.out()).isZero();
        assertThat(online.out()).contains("status: valid").doesNotContain("unknown");
    }

    @Test
    void whatWasRecalledOrSuspendedSinceIsExitCodeTwo() throws Exception {
        var certificate = form("?wait=5s");
        var definition =
                jdbc.sql("select pg_get_viewdef('certificate_status')")
                        .query(String.class)
                        .single();
        try {
            stands("RECALLED");
            var recalled = verify(certificate, "--online", server());
            stands("SUSPENDED");
            var suspended = verify(certificate, "--online", server());

            assertThat(recalled.code()).isEqualTo(2);
            assertThat(recalled.out()).contains("AUTHENTIC", "REVOKED");
            assertThat(suspended.code()).isEqualTo(2);
            assertThat(suspended.out()).contains("SUSPENDED as of");
            assertThat(send(request("/certificates/" + id).GET()).body())
                    .contains("SUSPENDED since", "a fault was found &lt;b&gt;")
                    .contains("Nothing may be said while these units are suspended.");
        } finally {
            jdbc.sql("create or replace view certificate_status as " + definition).update();
        }
    }

    /// Has the registry say so of this one retirement.
    private void stands(String status) {
        jdbc.sql(
                        """
                        create or replace view certificate_status
                            (retirement_id, status, since, sequence, reason) as
                        select id, case when id = '%s' then '%s' else 'VALID' end, at, sequence,
                            'a fault was found <b>'::text
                        from retirement
                        """
                                .formatted(id, status))
                .update();
    }

    @Test
    void aListThatNobodyTrustsOrThatWasChangedSaysNothing() throws Exception {
        var certificate = form("?wait=5s");
        var list = new String(fetched("/api/v1/public/status-lists/0"), StandardCharsets.UTF_8);
        var changed = folder.resolve("changed.json");
        Files.writeString(changed, list.replace("\"ttl\" : 60000", "\"ttl\" : 60001"));

        var forged = verify(certificate, "--status", changed.toString());
        Files.writeString(changed, list);
        Files.writeString(trust, Files.readString(trust).replaceAll("# issuer .*\n", ""));
        var unknown = verify(certificate, "--status", changed.toString());

        assertThat(forged.code()).isEqualTo(1);
        assertThat(forged.out()).contains("STATUS UNKNOWN", "signature is false");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.out()).contains("STATUS UNKNOWN", "wattmark keys trust");
    }

    @Test
    void theIssuersKeysAndItsLogAreInItsDidDocument() throws Exception {
        var document = bodyOf(send(request("/.well-known/did.json").GET()));

        assertThat(document.path("id").asString()).isEqualTo("did:web:wattmark.test");
        var method = document.path("verificationMethod").get(0);
        assertThat(method.path("type").asString()).isEqualTo("Multikey");
        assertThat(document.path("assertionMethod").get(0).asString())
                .isEqualTo(method.path("id").asString());
        assertThat(Files.readString(trust))
                .contains(
                        "# issuer did:web:wattmark.test "
                                + method.path("publicKeyMultibase").asString());
        assertThat(send(request("/api/v1/public/status-lists/9999999").GET()).statusCode())
                .isEqualTo(404);
    }
}
