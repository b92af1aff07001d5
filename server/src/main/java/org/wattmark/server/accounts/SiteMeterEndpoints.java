package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.security.Actor;

/// Which of a firm's meters count what a site is billed for: bills are compared with what they say.
@RestController
@Tag(name = "Carbon accounts")
class SiteMeterEndpoints {

    private static final int LONGEST_SUPPLY = 100;

    private final SiteMeters meters;
    private final Sites sites;

    SiteMeterEndpoints(SiteMeters meters, Sites sites) {
        this.meters = meters;
        this.sites = sites;
    }

    /// The meters of a site.
    @GetMapping("/api/v1/account-sites/{id}/meters")
    SiteMeterList all(Actor actor, @PathVariable UUID id) {
        requireSite(actor, id);
        return new SiteMeterList(
                meters.of(actor.organisation()).stream()
                        .filter(each -> each.site().equals(id))
                        .map(each -> new SiteMeterView(each.device(), each.supply()))
                        .toList());
    }

    record SiteMeterList(List<SiteMeterView> data) {}

    /// @param supply the meter that the bills name; empty if they name none
    record SiteMeterView(UUID device, String supply) {}

    /// Says that what a device of yours takes from the grid (channel IMPORT) is what this site is
    /// billed for. A device counts for one site at a time; several that are of one supply add up.
    @PutMapping("/api/v1/account-sites/{id}/meters/{device}")
    SiteMeterView put(
            Actor actor,
            @PathVariable UUID id,
            @PathVariable UUID device,
            @RequestBody SiteMeterBody body) {
        requireSite(actor, id);
        if (!meters.owns(actor.organisation(), device)) {
            throw Faults.unknown("device", device);
        }
        var supply = Faults.optional("/supply", body.supplyOrNone(), LONGEST_SUPPLY);
        meters.put(actor.organisation(), new SiteMeters.Meter(device, id, supply), actor.id());
        return new SiteMeterView(device, supply);
    }

    /// @param supply the meter that the bills name, if they name one
    record SiteMeterBody(@Nullable String supply) {

        String supplyOrNone() {
            return supply == null ? "" : supply;
        }
    }

    /// From now on the site's bills are compared with this device no more.
    @DeleteMapping("/api/v1/account-sites/{id}/meters/{device}")
    ResponseEntity<?> remove(Actor actor, @PathVariable UUID id, @PathVariable UUID device) {
        if (!meters.remove(actor.organisation(), id, device)) {
            throw Faults.unknown("site_meter", device);
        }
        return ResponseEntity.noContent().build();
    }

    private void requireSite(Actor actor, UUID id) {
        if (sites.find(actor.organisation(), id).isEmpty()) {
            throw Faults.unknown("account_site", id);
        }
    }
}
