package org.wattmark.server.certification;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.server.certification.CertifiedModel.Protocol;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// A model was certified. All of it is public.
///
/// @param by the operator's organisation
public record ModelCertified(CertifiedModel model, UUID by) implements Fact {

    public static final String DOMAIN = "wattmark/model-certified/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(model.id())
                .text(model.maker())
                .text(model.model())
                .text(model.firmware())
                .text(model.protocol().name())
                .bytes(model.reportSha256().toByteArray())
                .number(model.certifiedOn().toEpochDay())
                .id(by)
                .toByteArray();
    }

    /// Reads [#content].
    public static ModelCertified of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var model =
                    new CertifiedModel(
                            reader.id(),
                            reader.text(),
                            reader.text(),
                            reader.text(),
                            Protocol.valueOf(reader.text()),
                            Bytes.of(reader.bytes()),
                            LocalDate.ofEpochDay(reader.number()));
            var certified = new ModelCertified(model, reader.id());
            reader.end();
            return certified;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Canonical.Malformed("not a certified model: " + e.getMessage());
        }
    }
}
