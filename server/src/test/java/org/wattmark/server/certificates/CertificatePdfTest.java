package org.wattmark.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Signer;
import org.wattmark.units.Bytes;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// The PDF of a certificate: what it is made of, and that it is made alike each time.
class CertificatePdfTest {

    private static final Instant RETIRED = Instant.parse("2025-03-01T10:00:00.123456Z");
    private static final Instant SECOND = Instant.parse("2025-03-01T10:00:00Z");
    private static final String PAGE = "https://registry.example/certificates/1";
    private static final byte[] CREDENTIAL = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder = Path.of("");

    private Certificate certificate(String beneficiary) throws Exception {
        var statement =
                new RetirementStatement(
                        new UUID(1, 1),
                        new UUID(2, 2),
                        new SerialRange(1, 2_000_000),
                        UnitClass.TEST,
                        Year.of(2025),
                        new UUID(3, 3),
                        "GBR",
                        new MethodologyId("solar-displacement", 1),
                        new ClaimId(new UUID(4, 4)),
                        new VerifiedBy.Verifier(new UUID(5, 5)),
                        AssuranceTier.T2,
                        AccountId.holder(new UUID(6, 6)),
                        RETIRED,
                        beneficiary,
                        "Its ovens");
        var salt = Bytes.of(new byte[32]);
        var leaf = Bytes.of(new Entry(0, 1, RETIRED, statement, salt).leaf());
        var key = folder.resolve(UUID.randomUUID().toString());
        var _ = KeyFile.create(key, "log.example.com/wattmark");
        try (var signer = Signer.open(key)) {
            var log = Log.open(new MemoryTiles(), new MemoryCheckpoints(), signer, _ -> List.of());
            log.append(0, List.of(Merkle.leafHash(leaf.toByteArray())));
            var proof = log.proof(0).orElseThrow();
            return new Certificate(leaf, beneficiary, statement.purpose(), salt, proof);
        }
    }

    private static byte[] pdf(Certificate certificate) {
        var origin =
                new History.Origin(
                        "A roof",
                        Optional.empty(),
                        Optional.empty(),
                        new Co2e(3_000_000),
                        new Co2e(300_000),
                        List.of());
        return CertificatePdf.of(certificate, origin, PAGE, CREDENTIAL);
    }

    @Test
    void isMadeAlikeEachTimeAndDatedByTheRetirement() throws Exception {
        var certificate = certificate("A bakery");

        var first = pdf(certificate);
        var again = pdf(certificate);

        assertThat(again).isEqualTo(first);
        try (var document = Loader.loadPDF(first)) {
            var information = document.getDocumentInformation();
            assertThat(information.getCreationDate().toInstant()).isEqualTo(SECOND);
            assertThat(information.getModificationDate().toInstant()).isEqualTo(SECOND);
        }
        var text = new String(first, StandardCharsets.ISO_8859_1);
        assertThat(Pattern.compile("Date>([^<]*)</xmp").matcher(text).results())
                .isNotEmpty()
                .allMatch(it -> it.group(1).equals("2025-03-01T10:00:00+00:00"));
    }

    @Test
    void saysThatItIsPdfA3AndCarriesBothFilesAsTheyAre() throws Exception {
        var certificate = certificate("A bakery");

        var pdf = pdf(certificate);

        var text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .contains("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>U</pdfaid")
                .contains("/OutputIntents", "/AF [")
                .contains(new String(CREDENTIAL, StandardCharsets.ISO_8859_1));
        assertThat(PdfCertificate.extract(pdf)).isEqualTo(CertificateFile.write(certificate));
        try (var document = Loader.loadPDF(pdf)) {
            for (var name : document.getPage(0).getResources().getFontNames()) {
                assertThat(document.getPage(0).getResources().getFont(name).isEmbedded()).isTrue();
            }
        }
    }

    @Test
    void readsAsItsCertificateDoesAndHoldersWordsAreOnlyWords() throws Exception {
        var pdf = pdf(certificate("A {{purpose}} <b>bakery</b> & \u202eco烤"));

        try (var document = Loader.loadPDF(pdf)) {
            var words = new PDFTextStripper().getText(document);
            assertThat(words)
                    .contains("A {{purpose}} <b>bakery</b> & ")
                    .contains("2.000 t CO2e (2000 kg)", "TEST, not real", "wattmark verify")
                    .contains("Nothing may be said with units of class TEST")
                    .doesNotContain("\u202e");
            assertThat(document.getNumberOfPages()).isEqualTo(1);
        }
    }
}
