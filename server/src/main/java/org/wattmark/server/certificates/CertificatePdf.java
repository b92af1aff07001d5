package org.wattmark.server.certificates;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.ClaimGuard.Market;
import org.wattmark.registry.ClaimGuard.Purpose;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.Serials;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;

/// A certificate to print and to keep: PDF/A-3 (ISO 19005-3), level U, with the certificate and the
/// credential embedded as they are.
///
/// Made from records only and dated by the retirement, so that a repeat is equal to the byte. It
/// says nothing of the status, which may change: its QR code leads to the page that does.
final class CertificatePdf {

    /// The embedded file that counts.
    static final String CERTIFICATE = "wattmark-certificate.json";

    static final String CREDENTIAL = "wattmark-credential.json";

    private static final String TEMPLATE = CertificatePage.resource("/pages/certificate-pdf.html");

    /// Liberation Sans (SIL Open Font License 1.1), which PDFBox carries: Latin, Greek, Cyrillic.
    /// Other letters show as `#`; the embedded certificate has them.
    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final byte[] SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false); // it tells of every style that it does not know
    }

    private CertificatePdf() {}

    static byte[] of(
            Certificate certificate, History.Origin origin, String page, byte[] credential) {
        try {
            var statement = certificate.statement();
            var builder = new PdfRendererBuilder();
            // Nothing outside of the page is ever read, whatever it names.
            builder.useUriResolver((_, _) -> null);
            builder.usePdfAConformance(PdfAConformance.PDFA_3_U);
            builder.useColorProfile(SRGB);
            builder.useFont(CertificatePdf::font, "Certificate", 400, FontStyle.NORMAL, true);
            builder.withProducer("Wattmark");
            builder.withHtmlContent(html(statement, origin, page), null);
            try (var renderer = builder.buildPdfRenderer()) {
                renderer.createPDFWithoutClosing();
                try (var document = renderer.getPdfDocument()) {
                    attach(document, statement, CertificateFile.write(certificate), credential);
                    return dated(document, statement);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Canonical.Malformed e) {
            throw new IllegalStateException("the records are damaged", e);
        }
    }

    private static InputStream font() {
        return Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT));
    }

    private static String html(RetirementStatement statement, History.Origin origin, String page) {
        var isTest = statement.unitClass() == UnitClass.TEST;
        var wording =
                ClaimGuard.of(
                        statement, ClaimGuard.Standing.VALID, Market.OTHER, Purpose.STATEMENT);
        var facts = new StringBuilder();
        fact(facts, "Quantity", Texts.both(statement.quantity()));
        fact(facts, "Kind", "emissions avoided");
        fact(facts, "Project", origin.projectTitle() + " (" + statement.project() + ")");
        fact(facts, "Country", Texts.country(statement.region()));
        fact(facts, "Vintage", statement.vintage().toString());
        fact(facts, "Methodology", statement.methodology().toString());
        fact(facts, "Evidence", ClaimGuard.evidence(statement.tier()));
        fact(facts, "Verification", ClaimGuard.verified(statement.verifiedBy()));
        fact(facts, "Serials", Serials.of(statement));
        fact(facts, "Block", statement.block().toString());
        fact(facts, "Retired", Texts.moment(statement.at()));
        var purpose = statement.purpose();
        return Texts.filled(
                TEMPLATE,
                Map.ofEntries(
                        Map.entry("test", isTest ? TEST : ""),
                        Map.entry("facts", facts.toString()),
                        Map.entry("qr", Base64.getEncoder().encodeToString(QrCode.of(page).png())),
                        Map.entry("page", Texts.escaped(page)),
                        Map.entry("title", Texts.escaped("Certificate " + Serials.of(statement))),
                        Map.entry("quantity", Texts.escaped(Texts.both(statement.quantity()))),
                        Map.entry("day", Texts.escaped(Texts.day(statement.at()))),
                        Map.entry("words", Texts.escaped(wording.sentence())),
                        Map.entry("file", CERTIFICATE),
                        Map.entry("credential", CREDENTIAL),
                        Map.entry("beneficiary", Texts.escaped(statement.beneficiary())),
                        Map.entry(
                                "purpose",
                                purpose.isEmpty() ? "" : " for: " + Texts.escaped(purpose))));
    }

    private static final String TEST =
            "<div class=\"test\">TEST, not real: simulated or demo-approved units. Nothing may be"
                    + " said with them.</div><div class=\"mark\">TEST</div>";

    private static void fact(StringBuilder html, String name, String value) {
        html.append("<tr><th>")
                .append(Texts.escaped(name))
                .append("</th><td>")
                .append(Texts.escaped(value))
                .append("</td></tr>");
    }

    private static void attach(
            PDDocument document,
            RetirementStatement statement,
            byte[] certificate,
            byte[] credential)
            throws IOException {
        var date = calendar(statement.at());
        var files = new TreeMap<String, PDComplexFileSpecification>();
        files.put(
                CERTIFICATE,
                file(document, CERTIFICATE, "What wattmark verify proves", certificate, date));
        files.put(
                CREDENTIAL,
                file(document, CREDENTIAL, "W3C Verifiable Credential", credential, date));
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(files);
        var catalog = document.getDocumentCatalog();
        var names = new PDDocumentNameDictionary(catalog);
        names.setEmbeddedFiles(tree);
        catalog.setNames(names);
        var associated = new COSArray();
        files.values().forEach(associated::add);
        catalog.getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    }

    /// The bytes stand in the PDF as they are, not compressed: anybody can see them there.
    private static PDComplexFileSpecification file(
            PDDocument document, String name, String what, byte[] content, Calendar date)
            throws IOException {
        var file = new PDEmbeddedFile(document, new ByteArrayInputStream(content));
        file.setSubtype("application/json");
        file.setSize(content.length);
        file.setCreationDate(date);
        file.setModDate(date);
        var specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setFileUnicode(name);
        specification.setFileDescription(what);
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification
                .getCOSObject()
                .setItem(COSName.getPDFName("AFRelationship"), COSName.getPDFName("Data"));
        return specification;
    }

    /// Writes it under an id and with dates that follow from the retirement.
    private static byte[] dated(PDDocument document, RetirementStatement statement)
            throws IOException {
        var date = calendar(statement.at());
        document.getDocumentInformation().setCreationDate(date);
        document.getDocumentInformation().setModificationDate(date);
        var catalog = document.getDocumentCatalog();
        var metadata = new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8);
        var second =
                statement.at().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
        var fixed =
                metadata.replaceAll(
                        "(<xmp:(Create|Modify|Metadata)Date>)[^<]*(</xmp:)", "$1" + second + "$3");
        catalog.setMetadata(
                new PDMetadata(
                        document,
                        new ByteArrayInputStream(fixed.getBytes(StandardCharsets.UTF_8))));
        document.setDocumentId(
                statement.id().getMostSignificantBits() ^ statement.id().getLeastSignificantBits());
        var bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    private static Calendar calendar(Instant at) {
        return GregorianCalendar.from(at.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC));
    }
}
