package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.Boundary;
import org.wattmark.emissions.FactorChoice;
import org.wattmark.emissions.FactorSelection.Question;
import org.wattmark.emissions.Region;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

/// What a firm decides about its inventories, and the sites that they cover.
@RestController
@Tag(name = "Carbon accounts")
class SiteEndpoints {

    private static final int LONGEST_NAME = 200;
    private static final int WHOLE = 10_000;

    private final Profiles profiles;
    private final Sites sites;
    private final Library library;

    SiteEndpoints(Profiles profiles, Sites sites, Library library) {
        this.profiles = profiles;
        this.sites = sites;
        this.library = library;
    }

    /// What your organisation has decided about its inventories.
    @GetMapping("/api/v1/account-profile")
    ProfileView profile(Actor actor) {
        return ProfileView.of(profiles.of(actor.organisation()));
    }

    /// Decides anew. Earlier decisions are kept, and reports made under them do not change.
    @PutMapping("/api/v1/account-profile")
    ProfileView decide(Actor actor, @RequestBody ProfileBody body) {
        return ProfileView.of(profiles.decide(actor.organisation(), body.toProfile(), actor.id()));
    }

    /// @param firstMonth the month that the reporting year begins with, 1 to 12
    /// @param upstream whether fuels and energy also count in scope 3, category 3
    /// @param turnover of the reporting year, for the intensity
    /// @param sector section of NACE Rev. 2: a letter from A to U, such as C for manufacturing
    /// @param sharesWithPeers whether your intensities may count among those of your peers, of whom
    ///   only quartiles are told; false if absent
    record ProfileBody(
            int firstMonth,
            Boundary boundary,
            boolean upstream,
            @Nullable Integer baseYear,
            @Nullable Integer headcount,
            @Nullable TurnoverBody turnover,
            @Nullable String sector,
            @Nullable Boolean sharesWithPeers) {

        Profiles.Profile toProfile() {
            if (firstMonth < 1 || firstMonth > 12) {
                throw Faults.invalid("/first_month", "is 1 to 12, not " + firstMonth);
            }
            if (baseYear != null && (baseYear < 1990 || baseYear > 2100)) {
                throw Faults.invalid("/base_year", "is 1990 to 2100, not " + baseYear);
            }
            if (headcount != null && (headcount < 1 || headcount > 10_000_000)) {
                throw Faults.invalid("/headcount", "is 1 to 10,000,000, not " + headcount);
            }
            if (sector != null && !sector.matches("[A-U]")) {
                throw Faults.invalid("/sector", "is a section of NACE Rev. 2: a letter, A to U");
            }
            return new Profiles.Profile(
                    0,
                    firstMonth,
                    boundary,
                    upstream,
                    baseYear,
                    headcount,
                    turnover == null ? null : turnover.toMoney(),
                    sector,
                    Boolean.TRUE.equals(sharesWithPeers));
        }
    }

    /// @param currency ISO 4217
    record TurnoverBody(long minorUnits, String currency) {

        Money toMoney() {
            if (minorUnits <= 0) {
                throw Faults.invalid("/turnover/minor_units", "is more than 0, not " + minorUnits);
            }
            try {
                return Money.of(minorUnits, currency);
            } catch (IllegalArgumentException e) {
                throw Faults.invalid("/turnover/currency", "is no currency of ISO 4217");
            }
        }

        static @Nullable TurnoverBody of(@Nullable Money money) {
            return money == null
                    ? null
                    : new TurnoverBody(money.minorUnits(), money.currency().getCurrencyCode());
        }
    }

    record ProfileView(
            int version,
            int firstMonth,
            Boundary boundary,
            boolean upstream,
            @Nullable Integer baseYear,
            @Nullable Integer headcount,
            @Nullable TurnoverBody turnover,
            @Nullable String sector,
            boolean sharesWithPeers) {

        static ProfileView of(Profiles.Profile profile) {
            return new ProfileView(
                    profile.version(),
                    profile.firstMonth(),
                    profile.boundary(),
                    profile.upstream(),
                    profile.baseYear(),
                    profile.headcount(),
                    TurnoverBody.of(profile.turnover()),
                    profile.sector(),
                    profile.sharesWithPeers());
        }
    }

    /// The sites that your inventories cover.
    @GetMapping("/api/v1/account-sites")
    SiteList sites(Actor actor) {
        return new SiteList(sites.of(actor.organisation()).stream().map(SiteView::of).toList());
    }

    record SiteList(List<SiteView> data) {}

    /// A site of yours, as it was said last.
    @GetMapping("/api/v1/account-sites/{id}")
    SiteView site(Actor actor, @PathVariable UUID id) {
        return sites.find(actor.organisation(), id)
                .map(SiteView::of)
                .orElseThrow(() -> Faults.unknown("account_site", id));
    }

    /// Adds a site or says something else about it; what was said before is kept.
    @PutMapping("/api/v1/account-sites/{id}")
    ResponseEntity<?> put(Actor actor, @PathVariable UUID id, @RequestBody AccountSiteBody body) {
        var before = sites.find(actor.organisation(), id);
        var site = site(id, body);
        sites.put(actor.organisation(), site, actor.id());
        return before.isEmpty()
                ? ResponseEntity.created(URI.create("/api/v1/account-sites/" + id))
                        .body(SiteView.of(site))
                : ResponseEntity.ok(SiteView.of(site));
    }

    private ReportingSite site(UUID id, AccountSiteBody body) {
        var region =
                library.grids()
                        .region(body.region())
                        .filter(it -> it.extent() == Region.Extent.TERRITORY)
                        .orElseThrow(() ->
                                Faults.invalid(
                                        "/region",
                                        "is no country that is known: "
                                                + body.region()
                                                + "; give an ISO 3166-1 code such as GB"));
        var equity = body.equityBasisPoints() == null ? WHOLE : body.equityBasisPoints();
        if (equity < 0 || equity > WHOLE) {
            throw Faults.invalid("/equity_basis_points", "is 0 to 10000, not " + equity);
        }
        return new ReportingSite(
                id,
                Faults.text("/name", body.name(), LONGEST_NAME),
                region,
                grid(region, body.grid()),
                body.operated() == null || body.operated(),
                body.controlled() == null || body.controlled(),
                new Share(equity));
    }

    /// A subregion that is given is one that there is; none may be given and is asked for later.
    private Optional<String> grid(Region region, @Nullable String grid) {
        if (grid == null || grid.isBlank()) {
            return Optional.empty();
        }
        var code = grid.strip();
        var choice =
                library.selection()
                        .choose(
                                new Question(
                                        library.items().find("electricity").orElseThrow(),
                                        BillTable.kilowattHour(),
                                        region,
                                        Optional.of(code),
                                        java.time.Year.of(2025),
                                        Optional.empty()));
        if (choice instanceof FactorChoice.Asked asked
                && asked.reason() == FactorChoice.Reason.GRID_UNKNOWN) {
            throw Faults.invalid("/grid", asked.ask());
        }
        if (!region.code().equals("USA")) {
            throw Faults.invalid("/grid", "is for sites in the United States only");
        }
        return Optional.of(code);
    }

    /// @param region ISO 3166-1 code
    /// @param grid eGRID subregion of a site in the United States, such as CAMX
    /// @param operated whether you run it; true if absent
    /// @param controlled whether you direct its finances; true if absent
    /// @param equityBasisPoints your share of it; 10000, all of it, if absent
    record AccountSiteBody(
            String name,
            String region,
            @Nullable String grid,
            @Nullable Boolean operated,
            @Nullable Boolean controlled,
            @Nullable Integer equityBasisPoints) {}

    record SiteView(
            UUID id,
            String name,
            String region,
            @Nullable String grid,
            boolean operated,
            boolean controlled,
            int equityBasisPoints) {

        static SiteView of(ReportingSite site) {
            return new SiteView(
                    site.id(),
                    site.name(),
                    site.region().code(),
                    site.grid().orElse(null),
                    site.operated(),
                    site.controlled(),
                    site.equity().basisPoints());
        }
    }
}
