package org.wattmark.server.granular;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.UnitClass;

/// Granular certificates: yours, and for everybody which there are.
@RestController
@Tag(name = "Granular certificates")
class GranularCertificateEndpoints {

    private static final String FILTER =
            """
                (hour_start, granular_certificate.id) > (:hour, :id)
                and (cast(:device as uuid) is null or device_id = :device)
                and (cast(:issuance as uuid) is null or issuance_id = :issuance)
                and (cast(:from as timestamptz) is null or hour_start >= :from)
                and (cast(:to as timestamptz) is null or hour_start < :to)
            """;
    private static final String IN_ORDER =
            " order by hour_start, granular_certificate.id limit :limit";

    private static final String PUBLIC =
            "select granular_certificate.*, 0::bigint as available, 0::bigint as reserved"
                    + " from granular_certificate";

    /// What a hold reserves lies in the account beside the holder's.
    private static final String HELD =
            """
            with has as (
                select split_part(asset.code, ':', 2) as name,
                    sum(amount) filter (where account.id = :account) as available,
                    sum(amount) filter (where account.id <> :account) as reserved
                from account, balances_of(account.number)
                join asset on asset.number = balances_of.asset
                where account.id in (:account, :account || '/reserved')
                    and asset.code ~ '^(test)?granular:' and amount > 0
                group by asset.code
            )
            select granular_certificate.*, coalesce(available, 0)::bigint as available,
                coalesce(reserved, 0)::bigint as reserved
            from has join granular_certificate on granular_certificate.id = name::uuid
            where
            """;

    private final JdbcClient jdbc;
    private final Organisations organisations;

    GranularCertificateEndpoints(JdbcClient jdbc, Organisations organisations) {
        this.jdbc = jdbc;
        this.organisations = organisations;
    }

    /// What your organisation holds, by hour.
    ///
    /// @param from only hours that start then or later
    /// @param to only hours that start before
    @GetMapping("/api/v1/granular-certificates")
    Page<HeldCertificate> held(
            @RequestParam(required = false) @Nullable UUID device,
            @RequestParam(required = false) @Nullable UUID issuance,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                filtered(HELD + FILTER + IN_ORDER, page, device, issuance, from, to)
                        .param("account", organisations.accountOf(actor).value())
                        .query((row, _) -> HeldCertificate.of(row))
                        .list(),
                each -> Place.of(each.certificate()).text());
    }

    /// All that were issued, by hour.
    ///
    /// @param from only hours that start then or later
    /// @param to only hours that start before
    @GetMapping("/api/v1/public/granular-certificates")
    Page<CertifiedHour> all(
            @RequestParam(required = false) @Nullable UUID device,
            @RequestParam(required = false) @Nullable UUID issuance,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                filtered(PUBLIC + " where " + FILTER + IN_ORDER, page, device, issuance, from, to)
                        .query((row, _) -> CertifiedHour.of(row))
                        .list(),
                each -> Place.of(each).text());
    }

    /// One certified hour: of which device, how much, and how much of it is retired.
    @GetMapping("/api/v1/public/granular-certificates/{id}")
    CertifiedHour one(@PathVariable UUID id) {
        return jdbc.sql(PUBLIC + " where granular_certificate.id = :id")
                .param("id", id)
                .query((row, _) -> CertifiedHour.of(row))
                .optional()
                .orElseThrow(() -> GranularRefusals.unknownCertificate(id));
    }

    private JdbcClient.StatementSpec filtered(
            String sql,
            Page.Request page,
            @Nullable UUID device,
            @Nullable UUID issuance,
            @Nullable Instant from,
            @Nullable Instant to) {
        var after = page.after(Place.START, Place::parse);
        return jdbc.sql(sql)
                .param("hour", Timestamp.from(after.hour()))
                .param("id", after.id())
                .param("device", device)
                .param("issuance", issuance)
                .param("from", from == null ? null : Timestamp.from(from))
                .param("to", to == null ? null : Timestamp.from(to))
                .param("limit", page.fetch());
    }

    /// Where a page ends.
    private record Place(Instant hour, UUID id) {

        static final Place START = new Place(Instant.EPOCH, new UUID(0, 0));

        static Place of(CertifiedHour each) {
            return new Place(each.period().start(), each.id());
        }

        static Place parse(String text) {
            var parts = text.split(" ", 2);
            return new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        }

        String text() {
            return hour + " " + id;
        }
    }

    /// @param available what you may transfer or retire
    /// @param reserved what a hold keeps
    record HeldCertificate(CertifiedHour certificate, Energy available, Energy reserved) {

        static HeldCertificate of(ResultSet row) throws SQLException {
            return new HeldCertificate(
                    CertifiedHour.of(row),
                    new Energy(row.getLong("available")),
                    new Energy(row.getLong("reserved")));
        }
    }

    /// What a device generated in one hour, and how much of it was used.
    ///
    /// @param asset under which it is transferred
    /// @param period of production: one hour, UTC
    /// @param energy issued
    /// @param retired used for good
    /// @param approval MACHINE if all checks passed and it is of class TEST, else OPERATOR
    record CertifiedHour(
            UUID id,
            String asset,
            UUID issuance,
            UUID project,
            UUID device,
            String energySource,
            Period period,
            String region,
            Energy energy,
            Energy retired,
            UnitClass unitClass,
            AssuranceTier tier,
            GranularCertificate.Approval approval) {

        static CertifiedHour of(ResultSet row) throws SQLException {
            var certificate = GranularCertificateTable.read(row);
            return new CertifiedHour(
                    certificate.id(),
                    certificate.asset().code(),
                    certificate.issuance(),
                    certificate.project(),
                    certificate.device().value(),
                    GranularCertificate.ENERGY_SOURCE,
                    certificate.period(),
                    certificate.region(),
                    certificate.energy(),
                    new Energy(certificate.nextSerial() - 1),
                    certificate.unitClass(),
                    certificate.tier(),
                    certificate.approval());
        }
    }
}
