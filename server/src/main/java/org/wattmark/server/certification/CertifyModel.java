package org.wattmark.server.certification;

import java.util.UUID;
import org.wattmark.ledger.Command;

/// Asks to list a model as certified; the model's id is the command's.
///
/// @param by the organisation that says so, as the token has it
public record CertifyModel(CertifiedModel model, UUID by) implements Command<Certification> {

    @Override
    public UUID id() {
        return model.id();
    }

    @Override
    public byte[] content() {
        return certified().content();
    }

    ModelCertified certified() {
        return new ModelCertified(model, by);
    }

    @Override
    public Certification idStandsForAnother() {
        return new Certification.Refused(Certification.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
