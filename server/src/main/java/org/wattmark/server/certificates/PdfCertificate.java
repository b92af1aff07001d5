package org.wattmark.server.certificates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.units.Canonical;

/// Takes the certificate out of a PDF that may come from anybody. Nothing else of it is believed.
public final class PdfCertificate {

    /// A PDF of ours has some 60 kB.
    public static final int MAX_BYTES = 10 * 1_024 * 1_024;

    /// A tree of names that goes deeper is no work of ours.
    private static final int DEEPEST = 8;

    private PdfCertificate() {}

    public static boolean looksLike(byte[] file) {
        return file.length > 4 && new String(file, 0, 5, StandardCharsets.US_ASCII).equals("%PDF-");
    }

    /// @throws Canonical.Malformed unless it is a PDF that has exactly one embedded certificate
    public static byte[] extract(byte[] pdf) throws Canonical.Malformed {
        if (pdf.length > MAX_BYTES) {
            throw new Canonical.Malformed("larger than " + MAX_BYTES + " bytes");
        }
        try (var document = Loader.loadPDF(pdf)) {
            var found = certificates(document);
            if (found.size() != 1) {
                throw new Canonical.Malformed(
                        "the PDF has %d embedded files called %s, not one"
                                .formatted(found.size(), CertificatePdf.CERTIFICATE));
            }
            return content(found.getFirst());
        } catch (IOException | RuntimeException e) {
            // Whatever a stranger's file does to the reader, it is not a PDF with a certificate.
            throw new Canonical.Malformed("the PDF cannot be read");
        }
    }

    private static List<PDComplexFileSpecification> certificates(PDDocument document)
            throws IOException {
        var found = new ArrayList<PDComplexFileSpecification>();
        var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        var tree = names.getEmbeddedFiles();
        if (tree != null) {
            collect(tree, DEEPEST, found);
        }
        return found;
    }

    private static void collect(
            PDNameTreeNode<PDComplexFileSpecification> node,
            int depth,
            List<PDComplexFileSpecification> found)
            throws IOException {
        var names = node.getNames();
        if (names != null) {
            names.forEach((name, file) -> {
                if (name.equals(CertificatePdf.CERTIFICATE)) {
                    found.add(file);
                }
            });
        }
        var kids = node.getKids();
        if (kids != null && depth > 0) {
            for (var kid : kids) {
                collect(kid, depth - 1, found);
            }
        }
    }

    private static byte[] content(PDComplexFileSpecification file)
            throws IOException, Canonical.Malformed {
        var embedded = file.getEmbeddedFile();
        if (embedded == null) {
            throw new Canonical.Malformed("the embedded certificate is empty");
        }
        try (var in = embedded.createInputStream()) {
            var content = in.readNBytes(CertificateFile.MAX_BYTES + 1);
            if (content.length > CertificateFile.MAX_BYTES) {
                throw new Canonical.Malformed(
                        "the embedded certificate is larger than "
                                + CertificateFile.MAX_BYTES
                                + " bytes");
            }
            return content;
        }
    }
}
