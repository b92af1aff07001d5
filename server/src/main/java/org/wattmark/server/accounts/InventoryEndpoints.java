package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.InventoryLine;
import org.wattmark.server.paging.Page;
import org.wattmark.server.security.Actor;

/// The inventory of a year, made at this moment from what counts.
@RestController
@Tag(name = "Carbon accounts")
class InventoryEndpoints {

    private final Inventories inventories;

    InventoryEndpoints(Inventories inventories) {
        this.inventories = inventories;
    }

    /// A year's inventory as it stands at this moment.
    ///
    /// @param year the calendar year in which the reporting year begins
    @GetMapping("/api/v1/inventories/{year}")
    InventoryView inventory(Actor actor, @PathVariable int year) {
        return inventories.view(actor, Inventories.year(year));
    }

    /// The activities behind a line of the inventory, with the share of each that fell into the
    /// year.
    ///
    /// @param number the line's
    @GetMapping("/api/v1/inventories/{year}/lines/{number}/activities")
    Page<PartView> activities(
            Actor actor,
            @PathVariable int year,
            @PathVariable int number,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        var lines = inventories.inventory(actor, Inventories.year(year)).lines();
        if (number < 1 || number > lines.size()) {
            throw Faults.unknown("inventory_line", number);
        }
        var after = page.afterId();
        return page.over(
                lines.get(number - 1).parts().stream()
                        .map(PartView::of)
                        .filter(each -> each.activity().toString().compareTo(after.toString()) > 0)
                        .sorted(java.util.Comparator.comparing(each -> each.activity().toString()))
                        .limit(page.fetch())
                        .toList(),
                each -> each.activity().toString());
    }

    /// @param given what of the bill fell into the year, in the bill's unit
    /// @param understood the same in the factor's unit
    record PartView(
            UUID activity,
            LocalDate firstDay,
            LocalDate lastDay,
            String given,
            String understood,
            boolean estimated) {

        static PartView of(InventoryLine.Part part) {
            return new PartView(
                    part.activity(),
                    part.days().start(),
                    part.days().last(),
                    part.given().toString(),
                    part.understood().toString(),
                    part.basis() == Activity.Basis.ESTIMATED);
        }
    }
}
