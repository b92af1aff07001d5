package org.wattmark.simulation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Transfer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.Design;
import org.wattmark.registry.Project;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Additionality;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Evidence;
import org.wattmark.verification.MeterClass;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VintageEnergy;

/// Who and what a world has: few of each, so that what the clients wish collides.
final class Cast {

    static final Organisation PROPONENT = Organisation.uncontrolled(id(1));
    static final Actor SELLER = new Actor(id(2), PROPONENT, Actor.Role.PROPONENT);
    static final Actor VERIFIER =
            new Actor(id(3), Organisation.uncontrolled(id(4)), Actor.Role.VERIFIER);

    static final Actor REGISTRAR =
            new Actor(id(5), Organisation.uncontrolled(id(6)), Actor.Role.OPERATOR);

    /// The first of them is issued to, all of them trade.
    static final List<AccountId> HOLDERS =
            List.of(
                    AccountId.holder(PROPONENT.id()),
                    AccountId.holder(id(11)),
                    AccountId.holder(id(12)),
                    AccountId.holder(id(13)));

    static final AccountId TEST_HOLDER = AccountId.testHolder(id(14));
    static final AccountId NOBODY = AccountId.holder(id(15));
    static final Account MINT = new Account(AccountId.system("mint"), Account.Kind.SOURCE);
    static final Account DRAIN = new Account(AccountId.system("drain"), Account.Kind.SINK);
    static final AccountId ISSUANCE = SystemAccounts.issuance(UnitClass.LIVE).id();
    static final AccountId BUFFER = SystemAccounts.buffer(UnitClass.LIVE).id();
    static final AccountId RETIRED = SystemAccounts.retired(UnitClass.LIVE).id();
    static final AccountId FEES = SystemAccounts.fees(UnitClass.LIVE).id();

    static final Currency EUR = Currency.getInstance("EUR");
    static final Currency USD = Currency.getInstance("USD");
    static final Asset EUROS = Asset.money(EUR);
    static final Asset DOLLARS = Asset.money(USD);
    static final Asset POINTS = new Asset("misc:points");
    static final Asset TEST_EUROS = Asset.testMoney(EUR);

    static final UUID CLERK = id(21);
    static final UUID SECOND_CLERK = id(22);
    static final List<UUID> PROJECTS = List.of(id(31), id(32));

    private static final GridFactors FACTORS = GridFactors.shipped();
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Period LAST_YEAR = period("2025-01-01", "2026-01-01");
    private static final Period FIRST_HALF = period("2025-01-01", "2025-07-01");
    private static final Instant ASSESSED = Instant.parse("2026-02-01T12:00:00Z");

    /// Assessing a claim is pure and dear, and all worlds have the same claims.
    private static final Map<Claim, Assessment> ASSESSMENTS = new ConcurrentHashMap<>();

    private Cast() {}

    /// People and what stands before the first wish; wishes count from 1,000.
    static UUID id(long number) {
        return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    static GridFactors factors() {
        return FACTORS;
    }

    static Asset credits(int issuance) {
        return Asset.credits(block(issuance));
    }

    /// The one block that an issuance makes.
    static UUID block(int issuance) {
        return Transfer.derivedId(Request.idOf(issuance), 0);
    }

    static Project project(int number) {
        return new Project(
                PROJECTS.get(number),
                PROPONENT,
                "Roofs",
                "GBR",
                LONDON.getId(),
                SolarDisplacement.ID,
                UnitClass.LIVE);
    }

    static Design design(int project) {
        return new Design(
                PROJECTS.get(project),
                1,
                Sha256.of(new byte[] {2}),
                "Roofs of small firms get panels.",
                "Bristol",
                id(42),
                period("2020-01-01", "2027-01-01"),
                true,
                "No other scheme, no support, no cap.",
                Optional.of(
                        new Additionality(
                                true,
                                "Building regulations",
                                new Additionality.Listed(
                                        Additionality.PositiveList.MICROSCALE_RENEWABLE,
                                        new BigDecimal(15),
                                        true))),
                SELLER.person());
    }

    /// @param device its readings are claimed; two claims of one device and time collide
    /// @param whole the year, or its first half
    static Claim claim(int number, int project, int device, boolean whole) {
        return new Claim(
                new ClaimId(Request.idOf(number)),
                PROJECTS.get(project),
                PROPONENT,
                SELLER.person(),
                id(41),
                id(42),
                List.of(new Claim.Series(new DeviceId(id(50 + device)), Channel.GENERATION)),
                whole ? LAST_YEAR : FIRST_HALF,
                AssuranceTier.T2,
                UnitClass.LIVE,
                Optional.empty(),
                true);
    }

    static Assessment assessment(Claim claim) {
        if (ASSESSMENTS.size() > 10_000) {
            ASSESSMENTS.clear();
        }
        return ASSESSMENTS.computeIfAbsent(
                claim, each -> Assessment.of(each, evidence(each), FACTORS, Map.of(), ASSESSED));
    }

    /// A few hundred grams, so that holdings are soon used up, and not a whole number of them.
    static Evidence evidence(Claim claim) {
        var generated =
                new Energy(claim.monitoringPeriod().equals(LAST_YEAR) ? 1_237_001 : 541_003);
        return new Evidence(
                "GB",
                LONDON,
                List.of(new VintageEnergy(Year.of(2025), generated)),
                generated,
                MeterClass.CLASS_1,
                AssuranceTier.T2,
                false,
                15_000,
                new Evidence.Intervals(35_040, 34_900, 3, 5),
                Evidence.Days.NONE,
                List.of(ExclusivityDeclaration.NOTHING_ELSE),
                Sha256.of(new byte[] {1}));
    }

    private static Period period(String start, String end) {
        return new Period(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }
}
