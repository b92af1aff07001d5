package org.wattmark.simulation;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final Map<Integer, String> designs = new HashMap<>();
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
            return submitted.device() == other.device()
                    && !state.equals("REFUSED")
                    && !state.equals("WITHDRAWN");
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
        if (!claim.state.equals("IN_REVIEW")) {
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
        claim.state = "VERIFIED";
        return "claim VERIFIED";
    }

    /// Each step has one state that it starts from, but for a withdrawal.
    String decide(Request.Act act) {
        var claim = claims.get(act.claim().number());
        if (claim == null) {
            return Words.refused("CLAIM_UNKNOWN");
        }
        return switch (act.action()) {
            case TAKE -> step(claim, "NEEDS_REVIEW", "IN_REVIEW");
            case HAND_BACK -> step(claim, "IN_REVIEW", "NEEDS_REVIEW");
            case APPROVE_ISSUANCE -> {
                boolean valid =
                        "VALIDATED".equals(designs.get(claim.submitted.project()))
                                || !claim.state.equals("VERIFIED");
                yield valid
                        ? step(claim, "VERIFIED", "APPROVED")
                        : Words.refused("PROJECT_NOT_VALIDATED");
            }
            case DECLINE_ISSUANCE -> {
                giveBack(claim);
                yield step(claim, "VERIFIED", "REFUSED");
            }
            case WITHDRAW -> {
                giveBack(claim);
                boolean open =
                        List.of("SUBMITTED", "NEEDS_REVIEW", "IN_REVIEW", "VERIFIED")
                                .contains(claim.state);
                yield step(claim, open ? claim.state : "", "WITHDRAWN");
            }
            default -> throw new IllegalArgumentException("no client does " + act);
        };
    }

    private static String step(Claim claim, String from, String to) {
        if (!claim.state.equals(from)) {
            return Words.refused("NOT_IN_THIS_STATE");
        }
        claim.state = to;
        return "claim " + to;
    }

    /// Every assessment here carries nothing in, and is outdated as soon as something is carried:
    /// so nobody has built on what a verified claim left.
    private void giveBack(Claim claim) {
        if (claim.state.equals("VERIFIED")) {
            carried.put(claim.submitted.project(), BigDecimal.ZERO);
        }
    }

    String decide(Request.Design design) {
        if (!projects.contains(design.project())) {
            return Words.refused("PROJECT_UNKNOWN");
        }
        designs.put(design.project(), "SUBMITTED");
        return "design SUBMITTED";
    }

    String decide(Request.Validate validate) {
        var before = designs.get(validate.project());
        if (before == null) {
            boolean known = projects.contains(validate.project());
            return Words.refused(known ? "DESIGN_UNKNOWN" : "PROJECT_UNKNOWN");
        }
        designs.put(validate.project(), "VALIDATED");
        return "design VALIDATED";
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
