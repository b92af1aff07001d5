package org.wattmark.server.certification;

import java.util.UUID;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.server.certification.Certification.Done;
import org.wattmark.server.certification.Certification.Reason;
import org.wattmark.server.certification.Certification.Refused;
import org.wattmark.server.ledger.CommandHandlers;

/// The list of certified models. Nothing leaves it; what is withdrawn stays, with the reason.
public final class CertifiedModels implements Machine {

    static final String MODELS = "certified_model";

    private final Staging staging;
    private final StagedMap<UUID, Listed> models;

    public CertifiedModels(Staging staging) {
        this.staging = staging;
        this.models = staging.map(MODELS);
        staging.add(this);
    }

    /// What the sequencer has this machine decide.
    CommandHandlers commands() {
        return CommandHandlers.of(CertifyModel.class, Certification.class, this::certify)
                .and(WithdrawModel.class, Certification.class, this::withdraw);
    }

    /// Looks at all models, of which there are hundreds, a few times a month.
    Certification certify(CertifyModel command) {
        var subject = command.model().subject();
        if (models.values().stream()
                .anyMatch(each -> each.counts() && each.model().subject().equals(subject))) {
            return new Refused(Reason.ALREADY_CERTIFIED);
        }
        var entry = staging.record(command.certified());
        return new Done(command.model().id(), entry.receipt());
    }

    Certification withdraw(WithdrawModel command) {
        var listed = models.get(command.withdrawal().model());
        if (listed == null) {
            return new Refused(Reason.MODEL_UNKNOWN);
        }
        if (!listed.counts()) {
            return new Refused(Reason.ALREADY_WITHDRAWN);
        }
        var entry = staging.record(command.withdrawal());
        return new Done(listed.model().id(), entry.receipt());
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case ModelCertified(var model, var _) ->
                    models.put(model.id(), Listed.of(model, entry.sequence()));
            case ModelWithdrawn withdrawn -> apply(withdrawn, entry.sequence());
            default -> {}
        }
    }

    private void apply(ModelWithdrawn withdrawn, long sequence) {
        var listed = models.get(withdrawn.model());
        if (listed == null) {
            throw new IllegalStateException("no such model: " + withdrawn.model());
        }
        models.put(withdrawn.model(), listed.withdrawn(sequence, withdrawn.reason()));
    }
}
