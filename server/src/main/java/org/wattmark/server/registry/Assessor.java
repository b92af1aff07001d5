package org.wattmark.server.registry;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Intake;
import org.wattmark.metering.Readings;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.Project;
import org.wattmark.registry.Verdict;
import org.wattmark.server.metering.BondedDevice;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.CheckReport;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Evidence;
import org.wattmark.verification.FactorLibraries;
import org.wattmark.verification.HourlyEvidence;
import org.wattmark.verification.MeterClass;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.VintageEnergy;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Gathers the evidence of a claim whose period is closed, and has it quantified and checked.
final class Assessor {

    /// Devices do not say their meter's class yet. Class 1 is what billing meters have at the least
    /// (EU MID class B); a better meter only means that a little too much is deducted.
    private static final MeterClass METER_CLASS = MeterClass.CLASS_1;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Sequencer sequencer;
    private final GridFactors factors;
    private final BondedDevices devices;
    private final Readings readings;
    private final CheatedDays cheatedDays;
    private final BesideClaims beside;
    private final HourlyFactorSets hourly;
    private final FactorLibraries libraries = FactorLibraries.shipped();
    private final InstantSource clock;

    Assessor(
            JdbcClient jdbc,
            Sequencer sequencer,
            GridFactors factors,
            BondedDevices devices,
            Readings readings,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.sequencer = sequencer;
        this.factors = factors;
        this.devices = devices;
        this.readings = readings;
        this.beside = new BesideClaims(jdbc);
        this.hourly = new HourlyFactorSets(jdbc, factors);
        this.cheatedDays = new CheatedDays(devices, readings);
        this.clock = clock;
    }

    /// The tier that a claim on these devices can have. A device of somebody else is as unknown as
    /// one that does not exist.
    AssuranceTier lowestTierOf(List<DeviceId> ids, Set<UUID> owners) {
        return ids.stream()
                .map(id -> owned(id, owners).device().tier())
                .min(AssuranceTier::compareTo)
                .orElseThrow();
    }

    Set<UUID> ownersOf(Claim claim) {
        return claim.series().stream()
                .map(series -> devices.find(series.device()).orElseThrow().device().owner())
                .collect(Collectors.toSet());
    }

    private BondedDevice owned(DeviceId id, Set<UUID> owners) {
        return devices.find(id)
                .filter(bonded -> owners.contains(bonded.device().owner()))
                .orElseThrow(() ->
                        Refusals.invalid(
                                "/devices", "names a device that is not bonded to you: " + id));
    }

    /// Whose devices a project's proponent may claim: its own, and those of the project's pool.
    Set<UUID> ownersFor(UUID project, UUID proponent) {
        var owners =
                new HashSet<>(
                        jdbc.sql(
                                        """
                                        select organisation_id from pool_member
                                        where project_id = :project and standing = 'JOINED'
                                            and exists (select 1 from project
                                                where id = :project and proponent_id = :proponent)
                                        """)
                                .param("project", project)
                                .param("proponent", proponent)
                                .query((row, _) -> row.getObject(1, UUID.class))
                                .list());
        owners.add(proponent);
        return owners;
    }

    /// What each owner's devices generated of the claim and vintage that a block is of. Nothing if
    /// there is no such block.
    Map<UUID, Energy> generatedFor(UUID block) {
        record Of(ClaimId claim, Year vintage) {}
        return jdbc.sql("select claim_id, vintage from credit_block where id = :id")
                .param("id", block)
                .query((row, _) ->
                        new Of(
                                new ClaimId(row.getObject("claim_id", UUID.class)),
                                Year.of(row.getInt("vintage"))))
                .optional()
                .map(of -> generated(claim(of.claim()), of.vintage()))
                .orElse(Map.of());
    }

    private Map<UUID, Energy> generated(Claim claim, Year vintage) {
        var zone = project(claim.project()).zone();
        var generated = new HashMap<UUID, Energy>();
        for (var series : claim.series()) {
            generated.merge(
                    devices.find(series.device()).orElseThrow().device().owner(),
                    energyOf(series, claim, zone, vintage),
                    Energy::plus);
        }
        return generated;
    }

    private Energy energyOf(Claim.Series series, Claim claim, String zone, Year vintage) {
        return new MeteredEnergy(jdbc)
                .byVintage(List.of(series), claim.monitoringPeriod(), zone).stream()
                        .filter(each -> each.vintage().equals(vintage))
                        .map(VintageEnergy::energy)
                        .reduce(Energy.ZERO, Energy::plus);
    }

    /// Assesses a claim, as often as it is asked: an assessed claim stays as it is.
    ///
    /// Its period is closed, so the evidence stays as it is. Another statement of the project may
    /// come in between and change the remainder that this one carries; then it is assessed again,
    /// as the next attempt.
    void assess(ClaimId id) {
        var claim = claim(id);
        var project = project(claim.project());
        var quantify =
                claim.data().isPresent() ? reported(claim, project) : metered(claim, project);
        for (int attempt = 0; attempt < 100; attempt++) {
            var assessment = quantify.apply(carriedInto(project.id()));
            var verdict = sequencer.apply(new AssessClaim(id, attempt, assessment));
            if (!(verdict instanceof Verdict.Denied(var reason))
                    || reason != Verdict.Reason.ASSESSMENT_OUTDATED) {
                return;
            }
        }
        throw new IllegalStateException("claim " + id + " is outdated again and again");
    }

    private Function<Map<Year, BigDecimal>, Assessment> metered(Claim claim, Project project) {
        var evidence = evidence(claim, project);
        var byTheHour = byTheHour(claim, project);
        var now = clock.instant();
        return carried -> Assessment.of(claim, evidence, byTheHour, factors, carried, now);
    }

    /// Where operators have loaded a table of the grid that tells of the whole period.
    private Optional<HourlyEvidence> byTheHour(Claim claim, Project project) {
        return hourly.covering(project.region(), claim.monitoringPeriod())
                .map(table -> new HourlyEvidence(table, new MeteredEnergy(jdbc).intervals(claim)));
    }

    /// What the checks find, whatever project's remainder there is.
    CheckReport checks(Claim claim, Project project) {
        return metered(claim, project).apply(Map.of()).report();
    }

    private Function<Map<Year, BigDecimal>, Assessment> reported(Claim claim, Project project) {
        var stands = beside.of(claim, project);
        return carried -> Assessment.ofReported(claim, stands, libraries, carried);
    }

    /// What the claim would have come to with other data.
    Assessment restated(Claim claim, MonitoredData data, Map<Year, BigDecimal> carriedIn) {
        var other =
                new Claim(
                        claim.id(),
                        claim.project(),
                        claim.proponent(),
                        claim.submittedBy(),
                        claim.beneficialOwner(),
                        claim.site(),
                        claim.series(),
                        claim.monitoringPeriod(),
                        claim.tier(),
                        claim.unitClass(),
                        claim.forcedFactor(),
                        claim.exclusivityDeclared(),
                        Optional.of(data));
        var stands = beside.of(other, project(claim.project()));
        return Assessment.ofReported(other, stands, libraries, carriedIn);
    }

    private Claim claim(ClaimId id) {
        return jdbc.sql(ClaimTable.SELECT + "where id = :id")
                .param("id", id.value())
                .query(ClaimTable::record)
                .single()
                .claimCase()
                .claim();
    }

    private Project project(UUID id) {
        return jdbc.sql(ProjectTable.SELECT + " where id = :id")
                .param("id", id)
                .query(ProjectTable::project)
                .single();
    }

    private Map<Year, BigDecimal> carriedInto(UUID project) {
        var carried = new HashMap<Year, BigDecimal>();
        jdbc.sql("select vintage, grams from carried_remainder where project_id = :project")
                .param("project", project)
                .query(row -> {
                    carried.put(
                            Year.of(row.getInt("vintage")),
                            row.getBigDecimal("grams").stripTrailingZeros());
                });
        return carried;
    }

    private Evidence evidence(Claim claim, Project project) {
        var bonded =
                claim.series().stream()
                        .map(series -> devices.find(series.device()).orElseThrow())
                        .toList();
        var energy = energyByVintage(claim, project.zone());
        return new Evidence(
                project.region(),
                ZoneId.of(project.zone()),
                energy,
                reserved(claim),
                METER_CLASS,
                bonded.stream()
                        .map(each -> each.device().tier())
                        .min(AssuranceTier::compareTo)
                        .orElseThrow(),
                bonded.stream().anyMatch(each -> each.device().simulated()),
                bonded.stream().mapToLong(each -> each.device().installation().wattsPeak()).sum(),
                intervals(claim, bonded),
                cheatedDays.of(bonded, claim.monitoringPeriod()),
                bonded.stream().map(BondedDevice::declaration).toList(),
                digest(claim));
    }

    private List<VintageEnergy> energyByVintage(Claim claim, String zone) {
        return new MeteredEnergy(jdbc).byVintage(claim.series(), claim.monitoringPeriod(), zone);
    }

    /// What the intervals say is taken: for a claim that has all that was left, all of it.
    private Energy reserved(Claim claim) {
        return new Energy(
                total(
                        claim,
                        """
                        select coalesce(sum(allocated_wh), 0)::bigint from interval
                        where device_id = :device and channel = :channel
                            and start_at >= :start and start_at < :end and not late
                        """));
    }

    /// The sum over the claim's series of what one query answers for each.
    private long total(Claim claim, String sql) {
        return claim.series().stream()
                .mapToLong(series ->
                        inPeriod(sql, series, claim.monitoringPeriod()).query(Long.class).single())
                .reduce(0, Math::addExact);
    }

    private Evidence.Intervals intervals(Claim claim, List<BondedDevice> bonded) {
        long expected =
                bonded.stream()
                        .mapToLong(each ->
                                count(
                                        claim.monitoringPeriod().length(),
                                        each.device().intervalLength()))
                        .sum();
        long held = findings(claim, "HOLD") + inDaysTooGood(claim, bonded);
        long rejected = findings(claim, "REJECT");
        long stored =
                total(
                        claim,
                        """
                        select count(*) from interval
                        where device_id = :device and channel = :channel
                            and start_at >= :start and start_at < :end and not late
                        """);
        long received = stored + rejected;
        return new Evidence.Intervals(
                expected, received, Math.min(held, received - rejected), rejected);
    }

    /// Readings of days that are too good for the mounting, which no single batch shows.
    private long inDaysTooGood(Claim claim, List<BondedDevice> bonded) {
        long count = 0;
        for (int i = 0; i < bonded.size(); i++) {
            var series = claim.series().get(i);
            var stored = readings.in(series.device(), series.channel(), claim.monitoringPeriod());
            for (var day : Intake.days(bonded.get(i).device(), series.channel(), stored)) {
                count +=
                        stored.stream()
                                .filter(each -> day.interval().contains(each.interval()))
                                .count();
            }
        }
        return count;
    }

    private static long count(Duration period, Duration interval) {
        return period.dividedBy(interval);
    }

    private long findings(Claim claim, String outcome) {
        return claim.series().stream()
                .mapToLong(series ->
                        inPeriod(
                                        """
                                        select count(distinct start_at) from finding
                                        where device_id = :device and channel = :channel
                                            and start_at >= :start and start_at < :end
                                            and outcome = :outcome
                                        """,
                                        series,
                                        claim.monitoringPeriod())
                                .param("outcome", outcome)
                                .query(Long.class)
                                .single())
                .sum();
    }

    /// Over the batches that the intervals came in, in the order of device, channel and sequence.
    private Sha256 digest(Claim claim) {
        var digest = Canonical.of("wattmark/evidence/v1").number(claim.series().size());
        for (var series : claim.series()) {
            var batches = new ArrayList<byte[]>();
            inPeriod(
                            """
                            select hash from reading_batch
                            where receipt in (
                                select receipt from interval
                                where device_id = :device and channel = :channel
                                    and start_at >= :start and start_at < :end)
                            order by sequence
                            """,
                            series,
                            claim.monitoringPeriod())
                    .query(row -> {
                        batches.add(row.getBytes("hash"));
                    });
            digest.id(series.device().value()).text(series.channel().name()).number(batches.size());
            batches.forEach(digest::bytes);
        }
        return Sha256.of(digest.toByteArray());
    }

    private JdbcClient.StatementSpec inPeriod(String sql, Claim.Series series, Period period) {
        return jdbc.sql(sql)
                .param("device", series.device().value())
                .param("channel", series.channel().name())
                .param("start", Timestamp.from(period.start()))
                .param("end", Timestamp.from(period.end()));
    }

    List<FindingView> findings(ClaimId claim) {
        return jdbc.sql(
                        """
                        select "check", outcome, inputs, threshold from claim_finding
                        where claim_id = :claim order by "check"
                        """)
                .param("claim", claim.value())
                .query((row, _) ->
                        new FindingView(
                                row.getString("check"),
                                row.getString("outcome"),
                                JSON.readValue(row.getString("inputs"), INPUTS),
                                row.getString("threshold")))
                .list();
    }

    private static final TypeReference<Map<String, String>> INPUTS = new TypeReference<>() {};

    /// What a check looked at, against what, and what came of it.
    record FindingView(
            String check, String outcome, Map<String, String> inputs, String threshold) {}
}
