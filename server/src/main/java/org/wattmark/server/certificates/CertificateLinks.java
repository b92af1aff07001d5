package org.wattmark.server.certificates;

import java.net.URI;
import java.util.UUID;

/// Where the forms of a certificate are found, below a server's base URL.
///
/// A page's address is no secret and gives no right: whoever reads the public log reads the ids of
/// all retirements, and each certificate is public. So the id itself is the address, and there is
/// no other token.
final class CertificateLinks {

    private CertificateLinks() {}

    /// What QR codes lead to.
    static URI page(URI base, UUID id) {
        return below(base, "/certificates/" + id);
    }

    static URI credential(URI base, UUID id) {
        return below(base, "/api/v1/certificates/" + id + "/credential");
    }

    static URI statusList(URI base, long number) {
        return below(base, "/api/v1/public/status-lists/" + number);
    }

    static URI below(URI base, String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path);
    }
}
