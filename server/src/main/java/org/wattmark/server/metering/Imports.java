package org.wattmark.server.metering;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Intake;
import org.wattmark.registry.Claims;
import org.wattmark.rewards.Rewards;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.metering.ImportUndo.Reason;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;

/// Files that were imported, and the undoing of those that nothing stands against. Undoing takes
/// the intervals out of what counts and gives their time back, so that the right file can say what
/// the wrong one said; the journal keeps both. A period that a claim has closed stays closed, even
/// if that claim was refused: what is imported for it again comes late.
public final class Imports implements Machine {

    static final String IMPORTS = "reading_import";

    private final Staging staging;
    private final Meters meters;
    private final Claims claims;
    private final Rewards rewards;
    private final StagedMap<UUID, ReadingImport> imports;

    public Imports(Staging staging, Meters meters, Claims claims, Rewards rewards) {
        this.staging = staging;
        this.meters = meters;
        this.claims = claims;
        this.rewards = rewards;
        this.imports = staging.map(IMPORTS);
        staging.add(this);
    }

    /// What the sequencer has this machine decide.
    public CommandHandlers commands() {
        return CommandHandlers.of(AcceptImport.class, BatchAnswer.class, this::accept)
                .and(UndoImport.class, ImportUndo.class, this::undo);
    }

    BatchAnswer accept(AcceptImport command) {
        var inspected = command.inspected();
        var batch = inspected.batch();
        var known = imports.get(command.importId());
        if (known != null && !known.goesOnWith(command)) {
            return new BatchAnswer.Refused(
                    Admission.Reason.IMPORT_STANDS_FOR_ANOTHER,
                    "import " + command.importId() + " is of another file, or undone");
        }
        return switch (Intake.admit(inspected, meters.progressOf(batch.device()))) {
            case Admission.Refused(var reason, var explanation) ->
                    new BatchAnswer.Refused(reason, explanation);
            case Admission.Admitted admitted -> {
                var received = new BatchReceived(batch, Optional.empty(), admitted.findings());
                staging.record(part(command, received));
                yield meters.take(received);
            }
        };
    }

    private static ImportPart part(AcceptImport command, BatchReceived received) {
        var batch = received.batch();
        var readings = batch.readings();
        return new ImportPart(
                command.importId(),
                batch.device(),
                batch.channel(),
                command.file(),
                batch.sequence(),
                new Period(
                        readings.getFirst().interval().start(),
                        readings.getLast().interval().end()),
                received.stated(),
                received.accepted().size(),
                received.findings().size(),
                BatchReceived.energyOf(received.accepted()).wattHours());
    }

    ImportUndo undo(UndoImport command) {
        var it = imports.get(command.importId());
        if (it == null || !meters.isOwner(it.device(), command.account())) {
            return new ImportUndo.Refused(Reason.IMPORT_UNKNOWN, command.importId(), "");
        }
        if (it.undoneBy().isPresent()) {
            return new ImportUndo.Refused(
                    Reason.IMPORT_ALREADY_UNDONE, it.id(), "by entry " + it.undoneBy().get());
        }
        var obstacle = claimOn(it).or(() -> rewardOn(it));
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var undone = ImportUndone.of(it);
        var entry = staging.record(undone);
        staging.write(new UndoTable.Row(undone, it.span(), entry.sequence()));
        return new ImportUndo.Undone(
                it.id(),
                it.receipts().size(),
                it.accepted(),
                it.energyWattHours(),
                entry.receipt());
    }

    private Optional<ImportUndo> claimOn(ReadingImport it) {
        var series = new Claim.Series(it.device(), it.channel());
        for (var range : it.stated().ranges()) {
            var claimed = claims.inTheWayOf(series, range);
            if (claimed.isPresent()) {
                return Optional.of(
                        new ImportUndo.Refused(
                                Reason.IMPORT_IS_CLAIMED,
                                claimed.get().claim().value(),
                                claimed.get().status() + " for " + claimed.get().period()));
            }
        }
        return Optional.empty();
    }

    private Optional<ImportUndo> rewardOn(ReadingImport it) {
        return it.channel() != Channel.GENERATION
                ? Optional.empty()
                : rewards.rewardOn(it.device(), it.stated())
                        .map(programme ->
                                new ImportUndo.Refused(
                                        Reason.IMPORT_IS_REWARDED,
                                        programme,
                                        "for some of " + it.span()));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case ImportPart part -> {
                long batch = entry.sequence() + 1;
                var known = imports.get(part.importId());
                imports.put(
                        part.importId(),
                        known == null ? ReadingImport.begin(part, batch) : known.with(part, batch));
            }
            case ImportUndone undone -> {
                var known = imports.get(undone.importId());
                if (known == null || !ImportUndone.of(known).equals(undone)) {
                    throw new IllegalStateException("undone is what was never imported");
                }
                imports.put(known.id(), known.undone(entry.sequence()));
            }
            default -> {}
        }
    }
}
