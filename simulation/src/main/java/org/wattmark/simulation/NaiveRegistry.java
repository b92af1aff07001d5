package org.wattmark.simulation;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Posting;
import org.wattmark.metering.Finding;
import org.wattmark.verification.CheckReport;
import org.wattmark.verification.Reduction;

/// Claims, issuance and retirement in the words of the field, without machines.
final class NaiveRegistry {

    private final NaiveBooks books;
    private final Set<Integer> projects = new HashSet<>();
    private final Map<Integer, Claim> claims = new HashMap<>();
    private final Map<Integer, BigDecimal> carried = new HashMap<>();
    private final Map<Integer, Block> blocks = new HashMap<>();

    private static final class Claim {
        final Request.Submit submitted;
        String state = "SUBMITTED";

        Claim(Request.Submit submitted) {
            this.submitted = submitted;
        }

        boolean standsOn(Request.Submit other) {
            // Both periods begin with the year, so two of one device always overlap.
            return submitted.device() == other.device() && !state.equals("REFUSED");
        }

        Reduction reduction() {
            return Cast.assessment(subject()).reduction().orElseThrow();
        }

        CheckReport report() {
            return Cast.assessment(subject()).report();
        }

        private org.wattmark.verification.Claim subject() {
            return Cast.claim(
                    submitted.number(),
                    submitted.project(),
                    submitted.device(),
                    submitted.wholeYear());
        }
    }

    static final class Block {
        final long issued;
        final long buffer;
        long nextSerial = 1;

        Block(long issued, long buffer) {
            this.issued = issued;
            this.buffer = buffer;
        }
    }

    NaiveRegistry(NaiveBooks books) {
        this.books = books;
    }

    boolean isIssued(int issuance) {
        return blocks.containsKey(issuance);
    }

    Map<Integer, Block> blocks() {
        return blocks;
    }

    String decide(Request.Register register) {
        projects.add(register.project());
        return "registered";
    }

    String decide(Request.Submit submit) {
        if (!projects.contains(submit.project())) {
            return Words.refused("PROJECT_UNKNOWN");
        }
        for (var claim : claims.values()) {
            if (claim.standsOn(submit)) {
                return Words.refused("ALREADY_CLAIMED");
            }
        }
        claims.put(submit.number(), new Claim(submit));
        return "submitted";
    }

    String decide(Request.Assess assess) {
        var claim = claims.get(assess.claim().number());
        if (claim == null) {
            return Words.refused("CLAIM_UNKNOWN");
        }
        if (isOutdated(claim)) {
            return Words.refused("ASSESSMENT_OUTDATED");
        }
        if (!claim.state.equals("SUBMITTED")) {
            return Words.refused("NOT_IN_THIS_STATE");
        }
        claim.state = claim.report().worst() == Finding.Outcome.REJECT ? "REFUSED" : "NEEDS_REVIEW";
        return "claim " + claim.state;
    }

    /// Assessments are made as if the project carried nothing over.
    private boolean isOutdated(Claim claim) {
        var rest = carried.getOrDefault(claim.submitted.project(), BigDecimal.ZERO);
        return rest.signum() != 0;
    }

    String decide(Request.Decide decide) {
        var claim = claims.get(decide.claim().number());
        if (claim == null) {
            return Words.refused("CLAIM_UNKNOWN");
        }
        if (!decide.byVerifier()) {
            return Words.refused("ROLE_MAY_NOT");
        }
        if (!claim.state.equals("NEEDS_REVIEW")) {
            return Words.refused("NOT_IN_THIS_STATE");
        }
        if (!decide.approve()) {
            claim.state = "REFUSED";
            return "claim REFUSED";
        }
        if (isOutdated(claim)) {
            return Words.refused("ASSESSMENT_OUTDATED");
        }
        carried.put(claim.submitted.project(), claim.reduction().lines().getFirst().carriedOut());
        claim.state = "APPROVED";
        return "claim APPROVED";
    }

    String decide(Request.Issue issue) {
        var claim = claims.get(issue.claim().number());
        if (claim == null) {
            return Words.refused("CLAIM_UNKNOWN");
        }
        if (claim.state.equals("ISSUED")) {
            return Words.refused("ALREADY_ISSUED");
        }
        if (!claim.state.equals("APPROVED")) {
            return Words.refused("NOT_APPROVED");
        }
        claim.state = "ISSUED";
        long grams = claim.reduction().net().grams();
        long buffer = (grams + 9) / 10; // a tenth, and a gram more for any part of a gram
        books.open(new Account(Cast.ISSUANCE, Kind.SOURCE));
        books.open(new Account(Cast.BUFFER, Kind.HOLDER));
        books.open(new Account(Cast.HOLDERS.getFirst(), Kind.HOLDER));
        var credits = Cast.credits(issue.number());
        NaiveModel.must(books.plain(Cast.ISSUANCE, Cast.BUFFER, credits, buffer));
        NaiveModel.must(
                books.plain(Cast.ISSUANCE, Cast.HOLDERS.getFirst(), credits, grams - buffer));
        blocks.put(issue.number(), new Block(grams, buffer));
        return Words.issued(grams, buffer);
    }

    String decide(Request.Retire retire) {
        if (!books.isOpen(retire.holder())) {
            return Words.refused("HOLDER_UNKNOWN");
        }
        var block = blocks.get(retire.issuance());
        if (block == null) {
            return Words.refused("BLOCK_UNKNOWN");
        }
        books.open(new Account(Cast.RETIRED, Kind.SINK));
        var reason =
                books.plain(
                        retire.holder(),
                        Cast.RETIRED,
                        Cast.credits(retire.issuance()),
                        retire.grams());
        if (reason == Posting.Reason.EXCEEDS_BALANCE) {
            return Words.refused("QUANTITY_EXCEEDS_HOLDING");
        }
        if (reason != null) {
            return Words.refused(reason.name());
        }
        long first = block.nextSerial;
        block.nextSerial += retire.grams();
        return Words.retired(first, block.nextSerial - 1);
    }
}
