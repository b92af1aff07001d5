package org.wattmark.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.registry.Certificate;
import org.wattmark.server.certificates.Credential;
import org.wattmark.server.certificates.PdfCertificate;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.units.Canonical;

/// A certificate in whichever form somebody was given it.
///
/// @param credential where it came as one
record GivenCertificate(
        Certificate certificate, boolean isPdf, Optional<Credential.Given> credential) {

    static GivenCertificate read(byte[] file) throws Canonical.Malformed {
        if (PdfCertificate.looksLike(file)) {
            var embedded = CertificateFile.read(PdfCertificate.extract(file));
            return new GivenCertificate(embedded, true, Optional.empty());
        }
        if (file.length > CertificateFile.MAX_BYTES) {
            throw new Canonical.Malformed("larger than " + CertificateFile.MAX_BYTES + " bytes");
        }
        if (Credential.looksLike(file)) {
            var credential = Credential.read(file);
            return new GivenCertificate(credential.certificate(), false, Optional.of(credential));
        }
        return new GivenCertificate(CertificateFile.read(file), false, Optional.empty());
    }

    /// What is to be said beside what the log proves.
    ///
    /// @param issuers whom the reader trusts, by their keys
    List<String> remarks(Map<String, String> issuers) {
        if (isPdf) {
            return List.of(
                    "proven is the certificate embedded in the PDF, as said above; the text of its"
                            + " pages is not: compare it");
        }
        return credential.map(it -> List.of(issuer(it, issuers))).orElse(List.of());
    }

    private static String issuer(Credential.Given credential, Map<String, String> issuers) {
        boolean signed =
                issuers.entrySet().stream()
                        .filter(it -> it.getValue().equals(credential.issuer()))
                        .anyMatch(it -> credential.document().isBy(it.getKey()));
        return signed
                ? "signed by its issuer, " + credential.issuer()
                : "its issuer's own signature is not one of a key that you trust: "
                        + credential.issuer();
    }
}
