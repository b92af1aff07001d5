package org.wattmark.server.audit;

import java.util.Map;
import java.util.UUID;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.market.CreditsListed;
import org.wattmark.market.CreditsTraded;
import org.wattmark.market.DepositDecided;
import org.wattmark.market.DepositRequested;
import org.wattmark.registry.ClaimCorrected;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.ClaimSubmitted;
import org.wattmark.registry.DesignJudged;
import org.wattmark.registry.DesignSubmitted;
import org.wattmark.registry.FeeCharged;
import org.wattmark.registry.GranularDecided;
import org.wattmark.registry.GranularRequested;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.registry.InterventionDecided;
import org.wattmark.registry.InterventionProposed;
import org.wattmark.registry.PoolDivided;
import org.wattmark.registry.PoolMembership;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.rewards.DeviceEnrolled;
import org.wattmark.rewards.FeesShared;
import org.wattmark.rewards.PoolFunded;
import org.wattmark.rewards.ProposalDecided;
import org.wattmark.rewards.ProposalMade;
import org.wattmark.rewards.RewardCorrected;
import org.wattmark.rewards.RewardsAccrued;
import org.wattmark.rewards.RewardsPaid;
import org.wattmark.rewards.StakeLocked;
import org.wattmark.rewards.StakeUnlocked;
import org.wattmark.server.metering.DeviceBonded;
import org.wattmark.server.metering.DevicesProvisioned;
import org.wattmark.server.metering.ImportPart;
import org.wattmark.server.metering.ImportUndone;
import org.wattmark.server.metering.PacketsReceived;
import org.wattmark.server.metering.RegisterAdvanced;
import org.wattmark.server.organisations.AccessChanged;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.SerialRange;

/// Reads what the log shows of facts, by the domain that it begins with. Where part of a fact is
/// only committed to, its public form has a shape of its own.
final class PublicFacts {

    /// The fields of each public form: `i`d, `n`umber, `t`ext, `b`ytes, `q`uantity (not negative),
    /// `v`erified by. As `docs/data.md` has them.
    private static final Map<String, String> SHAPES =
            Map.ofEntries(
                    Map.entry(TransferPosted.COMMITTED_DOMAIN, ""), // read apart
                    Map.entry(RetirementStatement.PUBLISHED_DOMAIN, ""), // read apart
                    Map.entry(BatchSealed.PUBLISHED_DOMAIN, "iqb"),
                    Map.entry(DeviceBonded.PUBLISHED_DOMAIN, "ibntb"),
                    Map.entry(DevicesProvisioned.PUBLISHED_DOMAIN, "qb"),
                    Map.entry(PacketsReceived.PUBLISHED_DOMAIN, "iqqqb"),
                    Map.entry(RegisterAdvanced.PUBLISHED_DOMAIN, "itqqb"),
                    Map.entry(ImportPart.PUBLISHED_DOMAIN, "iiqb"),
                    Map.entry(ImportUndone.PUBLISHED_DOMAIN, "iitqqqb"),
                    Map.entry(AccessChanged.PUBLISHED_DOMAIN, "tib"),
                    Map.entry("wattmark/batch-receipt/v1", "itqbqqqb"),
                    Map.entry(ClaimSubmitted.PUBLISHED_DOMAIN, "iinntb"),
                    Map.entry(ClaimCorrected.PUBLISHED_DOMAIN, "iitqqqb"),
                    Map.entry(ClaimStep.PUBLISHED_DOMAIN, "itb"),
                    Map.entry(DesignSubmitted.PUBLISHED_DOMAIN, "inbnnnb"),
                    Map.entry(DesignJudged.PUBLISHED_DOMAIN, "innib"),
                    Map.entry(PoolMembership.PUBLISHED_DOMAIN, "itb"),
                    Map.entry(PoolDivided.PUBLISHED_DOMAIN, "iiiqqqb"),
                    Map.entry(CreditsListed.PUBLISHED_DOMAIN, "ititqtb"),
                    Map.entry(CreditsTraded.PUBLISHED_DOMAIN, "iittitqntb"),
                    Map.entry(InterventionProposed.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(InterventionDecided.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(FeeCharged.PUBLISHED_DOMAIN, "ittqqtb"),
                    Map.entry(GranularRequested.PUBLISHED_DOMAIN, "iiinntb"),
                    Map.entry(GranularDecided.PUBLISHED_DOMAIN, "itb"),
                    Map.entry(GranularRetirement.PUBLISHED_DOMAIN, ""), // read apart
                    Map.entry(DepositRequested.PUBLISHED_DOMAIN, "ittb"),
                    Map.entry(DepositDecided.PUBLISHED_DOMAIN, "itb"),
                    Map.entry(PoolFunded.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(ProposalMade.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(ProposalDecided.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(DeviceEnrolled.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(RewardsAccrued.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(RewardCorrected.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(RewardsPaid.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(StakeLocked.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(StakeUnlocked.PUBLISHED_DOMAIN, "ib"),
                    Map.entry(FeesShared.PUBLISHED_DOMAIN, "ib"),
                    Map.entry("wattmark/history-receipt/v1", "tbtqqqqqqqb"));

    private PublicFacts() {}

    /// Credits were retired; for whom is committed to.
    record Retired(UUID block, SerialRange serials) {}

    /// Watt-hours of a granular certificate were retired; for whom is committed to.
    record RetiredHour(UUID certificate, SerialRange serials) {}

    /// Something of which nothing is added up.
    record Other(String domain) {}

    /// @return a `Fact` that is public as a whole, [Retired], [RetiredHour] or [Other]
    static Object read(byte[] published) throws Canonical.Malformed {
        var domain = Canonical.domainOf(published);
        var shape = SHAPES.get(domain);
        if (shape == null) {
            return whole(published);
        }
        var reader = Canonical.Reader.of(domain, published);
        try {
            if (domain.equals(RetirementStatement.PUBLISHED_DOMAIN)) {
                return retired(reader);
            }
            if (domain.equals(GranularRetirement.PUBLISHED_DOMAIN)) {
                return retiredHour(reader);
            }
            read(reader, domain.equals(TransferPosted.COMMITTED_DOMAIN) ? "inttt" : shape);
            if (domain.equals(TransferPosted.COMMITTED_DOMAIN)) {
                readEndOfTransfer(domain, published);
            } else {
                reader.end();
            }
            return new Other(domain);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Object whole(byte[] published) throws Canonical.Malformed {
        var fact = Facts.read(published);
        if (fact.isSalted()) {
            throw new Canonical.Malformed("it shows what should only be committed to");
        }
        if (!Bytes.of(fact.content()).equals(Bytes.of(published))) {
            throw new Canonical.Malformed("it is not in its canonical form");
        }
        return fact;
    }

    /// The role says which fields follow: reference and code, a hold, its terms, the commitment.
    private static void readEndOfTransfer(String domain, byte[] published)
            throws Canonical.Malformed {
        var reader = Canonical.Reader.of(domain, published);
        var _ = reader.id();
        var role = TransferPosted.Role.of(reader.number());
        read(reader, "tttin");
        if (role.belongsToHold()) {
            read(reader, "i");
        }
        if (role == TransferPosted.Role.RESERVES) {
            readAtMostOne(reader, "t");
            readAtMostOne(reader, "n");
        }
        read(reader, "b");
        reader.end();
    }

    private static void readAtMostOne(Canonical.Reader reader, String shape)
            throws Canonical.Malformed {
        long size = reader.number();
        if (size != 0 && size != 1) {
            throw new Canonical.Malformed("a list of at most one has " + size);
        }
        read(reader, size == 1 ? shape : "");
    }

    private static Retired retired(Canonical.Reader reader) throws Canonical.Malformed {
        var _ = reader.id();
        var block = reader.id();
        var serials = new SerialRange(reader.number(), reader.number());
        read(reader, "tnittnivttnb");
        reader.end();
        return new Retired(block, serials);
    }

    private static RetiredHour retiredHour(Canonical.Reader reader) throws Canonical.Malformed {
        var _ = reader.id();
        var certificate = reader.id();
        var serials = new SerialRange(reader.number(), reader.number());
        read(reader, "tiiitnttttnnnb");
        reader.end();
        return new RetiredHour(certificate, serials);
    }

    private static void read(Canonical.Reader reader, String shape) throws Canonical.Malformed {
        for (int i = 0; i < shape.length(); i++) {
            switch (shape.charAt(i)) {
                case 'i' -> reader.id();
                case 'n' -> reader.number();
                case 't' -> reader.text();
                case 'b' -> reader.bytes();
                case 'q' -> {
                    if (reader.number() < 0) {
                        throw new Canonical.Malformed("a quantity is negative");
                    }
                }
                default -> readVerifiedBy(reader);
            }
        }
    }

    private static void readVerifiedBy(Canonical.Reader reader) throws Canonical.Malformed {
        switch (reader.text()) {
            case "verifier" -> reader.id();
            case "machine" -> read(reader, "tn");
            default -> throw new Canonical.Malformed("neither a verifier nor a machine");
        }
    }
}
