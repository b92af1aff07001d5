package org.wattmark.registry;

import java.time.Instant;
import java.time.Year;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// That units were used for good, by whom, for whom and from what. It never changes; what it
/// publishes is the leaf that a certificate proves.
///
/// @param serials of the block, disjoint from every other retirement's
/// @param region of the project's grid, ISO 3166 alpha-3
/// @param verifiedBy who stands for the reduction
/// @param beneficiary in whose name: in the log only as a commitment, together with the purpose
public record RetirementStatement(
        UUID id,
        UUID block,
        SerialRange serials,
        UnitClass unitClass,
        Year vintage,
        UUID project,
        String region,
        MethodologyId methodology,
        ClaimId claim,
        VerifiedBy verifiedBy,
        AssuranceTier tier,
        AccountId holder,
        Instant at,
        String beneficiary,
        String purpose)
        implements Fact {

    public static final String DOMAIN = "wattmark/retirement/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/retirement-published/v1";

    /// What stands in the place of words that were erased.
    public static final String ERASED = "(erased)";

    public static final int MAX_BENEFICIARY = 200;
    public static final int MAX_PURPOSE = 500;

    public RetirementStatement {
        Disclosed.require(beneficiary, purpose);
    }

    public Co2e quantity() {
        return serials.quantity();
    }

    @Override
    public byte[] content() {
        return publicPart(DOMAIN).text(beneficiary).text(purpose).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return publicPart(PUBLISHED_DOMAIN)
                .bytes(new Disclosed(beneficiary, purpose).commitment(salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    private Canonical publicPart(String domain) {
        var bytes =
                Canonical.of(domain)
                        .id(id)
                        .id(block)
                        .number(serials.first())
                        .number(serials.last())
                        .text(unitClass.name())
                        .number(vintage.getValue())
                        .id(project)
                        .text(region)
                        .text(methodology.name())
                        .number(methodology.version())
                        .id(claim.value());
        switch (verifiedBy) {
            case VerifiedBy.Verifier(var organisation) -> bytes.text("verifier").id(organisation);
            case VerifiedBy.Machine(var policy, var version) ->
                    bytes.text("machine").text(policy).number(version);
        }
        return bytes.text(tier.name()).text(holder.value()).instant(at);
    }

    public static RetirementStatement of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var statement = read(reader, Disclosed.IN_CONTENT);
            reader.end();
            return statement;
        });
    }

    /// Reads what the log shows of a retirement, with what a certificate discloses beside it.
    ///
    /// @throws Canonical.Malformed also when the disclosed words are not those of the commitment
    public static RetirementStatement ofPublished(
            byte[] published, String beneficiary, String purpose, byte[] salt)
            throws Canonical.Malformed {
        var reader = Canonical.Reader.of(PUBLISHED_DOMAIN, published);
        return ClaimBytes.checked(() -> {
            var words = new Disclosed(beneficiary, purpose);
            var statement = read(reader, _ -> words);
            words.requireCommitted(reader.bytes(), salt);
            reader.end();
            return statement;
        });
    }

    /// Reads what the log shows of a retirement whose words were erased together with their salt.
    /// Both words read [#ERASED] then, and nothing proves what they were.
    ///
    /// @param published the content of the leaf
    public static RetirementStatement ofErased(byte[] published) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(PUBLISHED_DOMAIN, published);
        return ClaimBytes.checked(() -> {
            var statement = read(reader, _ -> new Disclosed(ERASED, ERASED));
            var _ = reader.bytes();
            reader.end();
            return statement;
        });
    }

    private static RetirementStatement read(Canonical.Reader reader, Disclosed.Source source)
            throws Canonical.Malformed {
        var id = reader.id();
        var block = reader.id();
        var serials = new SerialRange(reader.number(), reader.number());
        var unitClass = UnitClass.valueOf(reader.text());
        var vintage = Year.of(Math.toIntExact(reader.number()));
        var project = reader.id();
        var region = reader.text();
        var methodology = new MethodologyId(reader.text(), Math.toIntExact(reader.number()));
        var claim = new ClaimId(reader.id());
        var verifiedBy = verifiedBy(reader);
        var tier = AssuranceTier.valueOf(reader.text());
        var holder = new AccountId(reader.text());
        var at = reader.instant();
        var disclosed = source.from(reader);
        return new RetirementStatement(
                id,
                block,
                serials,
                unitClass,
                vintage,
                project,
                region,
                methodology,
                claim,
                verifiedBy,
                tier,
                holder,
                at,
                disclosed.beneficiary(),
                disclosed.purpose());
    }

    private static VerifiedBy verifiedBy(Canonical.Reader reader) throws Canonical.Malformed {
        var kind = reader.text();
        return switch (kind) {
            case "verifier" -> new VerifiedBy.Verifier(reader.id());
            case "machine" ->
                    new VerifiedBy.Machine(reader.text(), Math.toIntExact(reader.number()));
            default -> throw new Canonical.Malformed("verified by a " + kind);
        };
    }
}
