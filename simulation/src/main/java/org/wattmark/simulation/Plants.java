package org.wattmark.simulation;

import java.util.List;

/// The bugs that simulations are tried on. Each is one that somebody could write.
final class Plants {

    private Plants() {}

    static final List<Plant> ALL =
            List.of(
                    Plant.in(
                            "ledger",
                            "TransferRules",
                            "the balance check is off by one",
                            "amount > given)",
                            "amount - 1 > given)"),
                    Plant.in(
                            "ledger",
                            "TransferRules",
                            "what is retired can be debited",
                            "if (debit.kind() == SINK) {",
                            "if (debit.kind() == SINK && transfer.amount() > 1) {"),
                    Plant.in(
                            "ledger",
                            "Ledger",
                            "a hold can be released twice",
                            "holds.remove(id);",
                            "holds.put(id, hold);"),
                    Plant.in(
                            "ledger",
                            "Ledger",
                            "a part that is captured stays reserved too",
                            "holds.put(id, hold.less(amount));",
                            "holds.put(id, hold);"),
                    Plant.in(
                            "ledger",
                            "HoldTerms",
                            "a hold can be used after it has expired",
                            "!now.isBefore(expires)",
                            "now.isAfter(expires.plusSeconds(20))"),
                    Plant.in(
                            "ledger",
                            "Expiries",
                            "what expires is forgotten when a server starts",
                            "inOrder = all;",
                            "all.clear(); inOrder = all;"),
                    Plant.in(
                            "ledger",
                            "TransferRules",
                            "what is frozen can be paid in to",
                            "if (credit != null && credit.standing() == FROZEN) {",
                            "if (credit == null && debit.standing() == FROZEN) {"),
                    Plant.in(
                            "ledger",
                            "Staging",
                            "a refused batch of steps leaves entries behind",
                            "entries.subList(mark.entries(), entries.size()).clear();",
                            ""),
                    Plant.in(
                            "ledger",
                            "Staging",
                            "what is rolled back stays in memory",
                            "undo.removeLast().run();",
                            "undo.removeLast();"),
                    Plant.in(
                            "ledger",
                            "Staging",
                            "replay is off by one",
                            "if (entry.sequence() != nextSequence) {",
                            "if (entry.sequence() != nextSequence + 1) {"),
                    Plant.in(
                            "ledger",
                            "Staging",
                            "time orders the journal, and a clock goes back",
                            "this.now = time;",
                            "if (time.isBefore(now)) { throw new IllegalStateException(); }"
                                    + " this.now = time;"),
                    Plant.in(
                            "ledger",
                            "StagedMap",
                            "what goes from memory stays on the disk",
                            "if (!Objects.equals(old, value)) {",
                            "if (!Objects.equals(old, value) && value != null) {"),
                    Plant.in(
                            "ledger",
                            "Entry",
                            "the leaf does not name the epoch",
                            ".number(epoch)",
                            ".number(0)"),
                    Plant.in(
                            "ledger",
                            "JournalWriter",
                            "answers go out before the commit",
                            "result = task.batch == null ?",
                            "task.answers.forEach(Runnable::run); result = task.batch == null ?"),
                    Plant.in(
                            "ledger",
                            "JournalWriter",
                            "an unknown outcome is taken for a commit",
                            "if (isCommitted(batch, cause)) {",
                            "if (isCommitted(batch, cause) || true) {"),
                    Plant.in(
                            "ledger",
                            "JournalWriter",
                            "an unknown outcome is taken for none",
                            "if (isCommitted(batch, cause)) {",
                            "if (cause != null) { return new Appended.Violated(cause); }"
                                    + " if (isCommitted(batch, cause)) {"),
                    Plant.in(
                            "ledger",
                            "JournalWriter",
                            "the fence is not heeded",
                            "if (result instanceof Appended.Committed) {",
                            "if (result instanceof Appended.Committed"
                                    + " || result instanceof Appended.Fenced) {"),
                    Plant.in(
                            "ledger",
                            "Decider",
                            "an id twice in one batch is decided twice",
                            "recent.add(decided);",
                            ""),
                    Plant.in(
                            "ledger",
                            "Decider",
                            "an id stands for whatever comes under it",
                            "before.standsFor(fingerprint) ?",
                            "before.fingerprint() != null ?"),
                    Plant.in(
                            "ledger",
                            "BatchLoop",
                            "ids are forgotten when a server starts",
                            "wary = WARY_BATCHES;",
                            ""),
                    Plant.in(
                            "ledger",
                            "BatchLoop",
                            "a batch that was refused stays in memory",
                            "staging.discard();",
                            ""),
                    Plant.in(
                            "ledger",
                            "BatchLoop",
                            "what a lost batch would have answered is remembered",
                            "decider.recent().forget(sealed.decided);",
                            ""),
                    Plant.in(
                            "registry",
                            "Registry",
                            "the serial counter stands still",
                            "blocks.put(id, block.after(serials));",
                            ""),
                    Plant.in(
                            "registry",
                            "Claims",
                            "an interval is claimed twice",
                            "if (inTheWay.isPresent()) {",
                            "if (inTheWay.isPresent() && claim.series().size() > 1) {"),
                    Plant.in(
                            "market",
                            "Exchange",
                            "the last cents of the proceeds are dropped",
                            "long proceeds = trade.proceeds().minorUnits();",
                            "long proceeds = trade.proceeds().minorUnits() / 10 * 10;"),
                    Plant.in(
                            "market",
                            "MarketRules",
                            "the fee rounds up",
                            "fee.floorOf(",
                            "fee.ceilingOf("),
                    Plant.in(
                            "market",
                            "Deposits",
                            "who requests a deposit approves it",
                            "if (deposit.requestedBy().equals(command.operator())) {",
                            "if (deposit.requestedBy() == null) {"),
                    Plant.in(
                            "tlog",
                            "Signer",
                            "the signer forgets what it signed",
                            "KeyFile.writeState(keyFile, next);",
                            ""),
                    Plant.in(
                            "tlog",
                            "Signer",
                            "consistency is not checked before signing",
                            "|| !proof.verify(last.root(), next.root())",
                            ""),
                    Plant.in(
                            "tlog",
                            "TileWriter",
                            "the log goes on at the wrong place of a tile",
                            "edges.add(new ArrayList<>(before.edge(level)));",
                            "edges.add(new ArrayList<>(level > 0 ? List.<Hash>of() :"
                                    + " before.edge(level)));"),
                    Plant.in(
                            "tlog",
                            "Log",
                            "leaves are signed that nobody committed",
                            "var tree = written(leaves);",
                            "var tree = written(List.of(leaves.getFirst(), leaves.getLast(),"
                                    + " leaves.getLast()));"));

    /// The same machinery and nothing planted: it must find nothing.
    static final Plant NONE =
            Plant.in("ledger", "Ledger", "nothing", "final class Ledger", "final class Ledger");
}
