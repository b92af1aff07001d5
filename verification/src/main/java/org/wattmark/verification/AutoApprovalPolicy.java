package org.wattmark.verification;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.verification.AutoApproval.AutoApproved;
import org.wattmark.verification.AutoApproval.NeedsPerson;
import org.wattmark.verification.AutoApproval.Reason;

/// When a checked claim may pass without a person. Limits hold for what was approved by policy in
/// the twelve months before, this claim included; splitting a claim therefore gains nothing.
///
/// @param classes the unit classes that it approves
/// @param perOwner most for one beneficial owner in twelve months
/// @param perSite most for one site in twelve months
/// @param perDevice most for one device in twelve months; a claim counts whole for each device
/// @param reviewOneIn draws about one of so many for a person, 0 for none
public record AutoApprovalPolicy(
        String name,
        int version,
        Set<UnitClass> classes,
        Co2e perOwner,
        Co2e perSite,
        Co2e perDevice,
        int reviewOneIn) {

    /// One in twenty, as decided for every policy whose units count.
    public static final int ONE_IN_TWENTY = 20;

    private static final int SECRET_BYTES = 32;

    /// Approves class TEST and nothing else. Nothing is drawn: TEST units are worth nothing.
    public static final AutoApprovalPolicy DEMO =
            new AutoApprovalPolicy(
                    "demo",
                    1,
                    Set.of(UnitClass.TEST),
                    Co2e.ofTonnes(1_000),
                    Co2e.ofTonnes(1_000),
                    Co2e.ofTonnes(1_000),
                    0);

    /// Approves nothing: every claim goes to a person.
    public static final AutoApprovalPolicy NOTHING =
            new AutoApprovalPolicy(
                    "nothing", 1, Set.of(), Co2e.ZERO, Co2e.ZERO, Co2e.ZERO, ONE_IN_TWENTY);

    /// What was approved by policy before.
    public record Past(
            Instant at, UUID beneficialOwner, UUID site, List<DeviceId> devices, Co2e net) {

        public Past {
            devices = List.copyOf(devices);
        }
    }

    public AutoApprovalPolicy {
        classes = Set.copyOf(classes);
        boolean drawsTooFew = reviewOneIn == 0 || reviewOneIn > ONE_IN_TWENTY;
        if (reviewOneIn < 0 || (classes.contains(UnitClass.LIVE) && drawsTooFew)) {
            throw new IllegalArgumentException(
                    "a policy for LIVE units draws at least one in " + ONE_IN_TWENTY);
        }
    }

    /// @param past what was approved by policy, in any order; what is older than twelve months
    ///   before `now` does not count
    /// @param drawSecret at least 32 bytes that no proponent knows
    public AutoApproval decide(
            Claim claim,
            CheckReport report,
            Co2e net,
            Collection<Past> past,
            Instant now,
            byte[] drawSecret) {
        if (report.worst() != Outcome.INFO) {
            return new NeedsPerson(Reason.CHECKS_NOT_GREEN);
        }
        if (!classes.contains(claim.unitClass())) {
            return new NeedsPerson(Reason.CLASS_NOT_COVERED);
        }
        var recent = recent(past, now);
        if (claim.unitClass() == UnitClass.LIVE && exceedsMethodology(claim, net, recent)) {
            return new NeedsPerson(Reason.METHODOLOGY_LIMIT);
        }
        if (exceeds(perOwner, net, recent, ofOwner(claim))) {
            return new NeedsPerson(Reason.OWNER_LIMIT);
        }
        if (exceeds(perSite, net, recent, approval -> approval.site().equals(claim.site()))) {
            return new NeedsPerson(Reason.SITE_LIMIT);
        }
        for (var series : claim.series()) {
            if (exceeds(perDevice, net, recent, ofDevice(series.device()))) {
                return new NeedsPerson(Reason.DEVICE_LIMIT);
            }
        }
        return isDrawn(claim, drawSecret)
                ? new NeedsPerson(Reason.DRAWN_FOR_REVIEW)
                : new AutoApproved(new VerifiedBy.Machine(name, version));
    }

    /// Civil months in UTC: a limit is about all sites of an owner, so no site's zone decides.
    private static List<Past> recent(Collection<Past> past, Instant now) {
        var since = now.atOffset(ZoneOffset.UTC).minusMonths(12).toInstant();
        return past.stream().filter(approval -> approval.at().isAfter(since)).toList();
    }

    /// What a methodology for reported data lets pass without a person is a limit for a site and
    /// twelve months, too: many small claims are one large one.
    private static boolean exceedsMethodology(Claim claim, Co2e net, List<Past> recent) {
        var rules = claim.data().map(Methodologies::of);
        return rules.isPresent()
                && (claim.tier().compareTo(rules.get().minimumTier()) < 0
                        || exceeds(
                                rules.get().mostWithoutPerson(),
                                net,
                                recent,
                                approval -> approval.site().equals(claim.site())));
    }

    private static Predicate<Past> ofOwner(Claim claim) {
        return approval -> approval.beneficialOwner().equals(claim.beneficialOwner());
    }

    private static Predicate<Past> ofDevice(DeviceId device) {
        return approval -> approval.devices().contains(device);
    }

    private static boolean exceeds(
            Co2e limit, Co2e net, List<Past> recent, Predicate<Past> counts) {
        var sum = recent.stream().filter(counts).map(Past::net).reduce(net, Co2e::plus);
        return sum.compareTo(limit) > 0;
    }

    /// HMAC-SHA-256 of what the claim is of: who asks again under another id draws the same lot.
    /// The first eight bytes modulo the number favour no lot by more than 2^-59.
    private boolean isDrawn(Claim claim, byte[] drawSecret) {
        if (reviewOneIn == 0) {
            return false;
        }
        var lot = ByteBuffer.wrap(hmac(drawSecret, claim.subject())).getLong();
        return Long.remainderUnsigned(lot, reviewOneIn) == 0;
    }

    private static byte[] hmac(byte[] secret, byte[] content) {
        if (secret.length < SECRET_BYTES) {
            throw new IllegalArgumentException("the draw's secret has 32 bytes or more");
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
