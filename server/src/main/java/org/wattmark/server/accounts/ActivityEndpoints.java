package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityChecks;
import org.wattmark.emissions.ActivityFinding;
import org.wattmark.emissions.ActivityItem;
import org.wattmark.emissions.ActivityUnits;
import org.wattmark.emissions.ActivityUnits.Reading.Asked;
import org.wattmark.emissions.ActivityUnits.Reading.Understood;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.FactorChoice;
import org.wattmark.emissions.FactorSelection.Question;
import org.wattmark.emissions.Quantity;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.server.accounts.Activities.Recorded;
import org.wattmark.server.accounts.Activities.Row;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Bytes;

/// Activities one by one. None is changed: one that was wrong is replaced or withdrawn, and stays.
@RestController
@Tag(name = "Carbon accounts")
class ActivityEndpoints {

    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_METER = 100;
    private static final int MOST_ITEMS = 100;

    /// A bill that ended longer ago is no neighbour to compare with.
    private static final int DAYS_TO_NEIGHBOUR = 32;

    private final Activities activities;
    private final Sites sites;
    private final SiteMeters meters;
    private final AccountNews news;
    private final Evidence evidence;
    private final Library library;

    ActivityEndpoints(
            Activities activities,
            Sites sites,
            SiteMeters meters,
            AccountNews news,
            Evidence evidence,
            Library library) {
        this.activities = activities;
        this.sites = sites;
        this.meters = meters;
        this.news = news;
        this.evidence = evidence;
        this.library = library;
    }

    /// What a bill may be for: all that has a name of ours, or what is like the words searched for.
    @GetMapping("/api/v1/activity-items")
    ItemList items(@RequestParam(required = false) @Nullable String search) {
        var found =
                search == null || search.isBlank()
                        ? library.items().all()
                        : library.items().like(search, MOST_ITEMS);
        return new ItemList(found.stream().map(ItemView::of).toList());
    }

    record ItemList(List<ItemView> data) {}

    record ItemView(
            String code,
            String name,
            String kind,
            String scope,
            String category,
            List<String> aliases) {

        static ItemView of(ActivityItem item) {
            return new ItemView(
                    item.code(),
                    item.name(),
                    item.kind().name(),
                    item.category().scope().name(),
                    item.category().name(),
                    item.aliases());
        }
    }

    /// Records an activity, or one in place of another (`replaces`), which then counts no more.
    @PostMapping("/api/v1/activities")
    ResponseEntity<?> record(
            Actor actor,
            @RequestBody ActivityBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key) {
        var mine = sitesOf(actor);
        var id = ChosenId.of(body.id(), key, actor);
        var activity = activity(id, body, mine, actor);
        var before = activities.find(actor.organisation(), id, mine);
        if (before.isPresent()) {
            if (!before.get().activity().equals(activity)
                    || !java.util.Objects.equals(before.get().replaces(), body.replaces())) {
                throw Faults.anotherContent(id);
            }
            return ResponseEntity.ok(view(before.get()));
        }
        if (body.replaces() != null) {
            var replaced = activities.find(actor.organisation(), body.replaces(), mine);
            if (replaced.isEmpty()) {
                throw Faults.unknown("activity", body.replaces());
            }
            if (!replaced.get().counts()) {
                throw replacedBefore(body.replaces());
            }
        }
        if (!activities.record(
                actor.organisation(), new Row(activity, null, body.replaces()), actor.id())) {
            throw body.replaces() == null
                    ? Faults.anotherContent(id)
                    : replacedBefore(body.replaces());
        }
        lookAt(actor, activity, mine);
        return ResponseEntity.created(URI.create("/api/v1/activities/" + id))
                .body(view(activities.find(actor.organisation(), id, mine).orElseThrow()));
    }

    /// Compares a bill with its neighbours and meters. What is found is told once: a crash before
    /// this leaves it to the inventory, which finds it again.
    private void lookAt(Actor actor, Activity bill, Map<UUID, ReportingSite> mine) {
        var days =
                new BillPeriod(
                        bill.period().start().minusDays(DAYS_TO_NEIGHBOUR), bill.period().end());
        var beside = activities.beside(actor.organisation(), bill, days, mine);
        var found = new ArrayList<>(meters.findings(actor.organisation(), List.of(bill)));
        ActivityChecks.of(beside, bill.period()).stream()
                .filter(each -> each.check() != ActivityFinding.Check.GAP)
                .filter(each -> each.activity().equals(bill.id()))
                .forEach(found::add);
        news.found(actor.organisation(), "activity/" + bill.id(), "activity " + bill.id(), found);
    }

    private static RuntimeException replacedBefore(UUID id) {
        return Faults.conflict(
                "activity_counts_no_more",
                "The activity " + id + " was replaced, withdrawn or undone before.");
    }

    private Map<UUID, ReportingSite> sitesOf(Actor actor) {
        return sites.of(actor.organisation()).stream()
                .collect(Collectors.toMap(ReportingSite::id, site -> site));
    }

    private Activity activity(
            UUID id, ActivityBody body, Map<UUID, ReportingSite> mine, Actor actor) {
        var site = mine.get(body.site());
        if (site == null) {
            throw Faults.unknown("account_site", body.site());
        }
        var item =
                library.items()
                        .find(body.item())
                        .orElseThrow(() ->
                                Faults.invalid(
                                        "/item",
                                        "is nothing that is known: "
                                                + body.item()
                                                + "; is it "
                                                + library.items().like(body.item(), 3)
                                                + "?"));
        var period =
                BillPeriod.ofDays(body.firstDay(), body.lastDay())
                        .orElseThrow(() ->
                                Faults.invalid(
                                        "/last_day",
                                        "makes a bill of 1 to "
                                                + BillPeriod.MOST_DAYS
                                                + " days with first_day, not "
                                                + body.firstDay()
                                                + " to "
                                                + body.lastDay()));
        return new Activity(
                id,
                site,
                item,
                body.quantity().toQuantity(),
                period,
                Optional.ofNullable(body.meter())
                        .map(text -> Faults.text("/meter", text, LONGEST_METER)),
                body.estimated() ? Activity.Basis.ESTIMATED : Activity.Basis.MEASURED,
                Faults.optional("/note", body.note() == null ? "" : body.note(), LONGEST_NOTE),
                evidence.named(body.evidence(), actor),
                factorOf(body));
    }

    private Optional<String> factorOf(ActivityBody body) {
        if (body.factor() == null) {
            return Optional.empty();
        }
        if (library.factors().factor(body.factor()).isEmpty()) {
            throw Faults.invalid("/factor", "is no factor that is known: " + body.factor());
        }
        return Optional.of(body.factor());
    }

    /// Your activities, in the order of their ids; those too that count no more.
    @GetMapping("/api/v1/activities")
    Page<ActivityView> all(
            Actor actor,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                activities
                        .page(actor.organisation(), page.afterId(), page.fetch(), sitesOf(actor))
                        .stream()
                        .map(this::view)
                        .toList(),
                each -> each.id().toString());
    }

    /// An activity of yours, with its factor or with what it asks for.
    @GetMapping("/api/v1/activities/{id}")
    ActivityView one(Actor actor, @PathVariable UUID id) {
        return activities
                .find(actor.organisation(), id, sitesOf(actor))
                .map(this::view)
                .orElseThrow(() -> Faults.unknown("activity", id));
    }

    /// Takes an activity out, with a reason. It stays on record and counts no more.
    @PostMapping("/api/v1/activity-withdrawals")
    ResponseEntity<?> withdraw(
            Actor actor,
            @RequestBody WithdrawalBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key) {
        var mine = sitesOf(actor);
        var found = activities.find(actor.organisation(), body.activity(), mine);
        if (found.isEmpty()) {
            throw Faults.unknown("activity", body.activity());
        }
        var id = ChosenId.of(body.id(), key, actor);
        activities.withdraw(
                id, body.activity(), Faults.text("/reason", body.reason(), 500), actor.id());
        return ResponseEntity.ok(
                view(activities.find(actor.organisation(), body.activity(), mine).orElseThrow()));
    }

    record WithdrawalBody(@Nullable UUID id, UUID activity, String reason) {}

    /// @param amount as text, exact: `"52310"` or `"7250.5"`
    /// @param unit such as kWh, MWh, GJ, therm, litres, US gal, kg, t, km, tonne.km
    record ActivityQuantityBody(String amount, String unit) {

        Quantity toQuantity() {
            if (!amount.matches("-?\\d{1,15}(\\.\\d{1,9})?")) {
                throw Faults.invalid(
                        "/quantity/amount",
                        "is a number with a decimal point, such as 7250.5, of at most 15 digits"
                                + " before and 9 after it");
            }
            var number = new BigDecimal(amount);
            if (number.signum() < 0) {
                throw Faults.invalid(
                        "/quantity/amount",
                        "is 0 or more, not "
                                + amount
                                + ": a credit note is a correction of the bill that it is for");
            }
            return switch (ActivityUnits.read(unit)) {
                case Understood(var understood) -> new Quantity(number, understood);
                case Asked(var ask, _) -> throw Faults.invalid("/quantity/unit", ask);
            };
        }

        static ActivityQuantityBody of(Quantity quantity) {
            return new ActivityQuantityBody(
                    Texts.plain(quantity.amount()), quantity.unit().symbol());
        }
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param item such as electricity, natural-gas, diesel; `/activity-items` lists them
    /// @param lastDay the last day of the bill, which is in it
    /// @param meter to tell two supplies of one kind at a site apart
    /// @param evidence SHA-256 of an evidence file
    /// @param factor id of a factor that you name yourself
    /// @param replaces the activity that this one corrects
    record ActivityBody(
            @Nullable UUID id,
            UUID site,
            String item,
            ActivityQuantityBody quantity,
            LocalDate firstDay,
            LocalDate lastDay,
            @Nullable String meter,
            boolean estimated,
            @Nullable String note,
            @Nullable String evidence,
            @Nullable String factor,
            @Nullable UUID replaces) {}

    private ActivityView view(Recorded recorded) {
        var activity = recorded.activity();
        var choice =
                library.selection()
                        .choose(
                                new Question(
                                        activity.item(),
                                        activity.quantity().unit(),
                                        activity.site().region(),
                                        activity.site().grid(),
                                        Year.from(activity.period().start()),
                                        activity.factor()));
        return ActivityView.of(recorded, choice);
    }

    /// @param counts false once it was replaced, withdrawn or undone
    /// @param factor the factor of the year that it begins in; absent where one is asked for
    /// @param asks what to tell before it has a factor
    record ActivityView(
            UUID id,
            UUID site,
            String item,
            String itemName,
            String category,
            ActivityQuantityBody quantity,
            LocalDate firstDay,
            LocalDate lastDay,
            @Nullable String meter,
            boolean estimated,
            String note,
            @Nullable String evidence,
            @Nullable UUID importId,
            @Nullable Integer importLine,
            @Nullable UUID replaces,
            boolean counts,
            Instant recordedAt,
            String recordedBy,
            @Nullable String factor,
            List<String> because,
            @Nullable String asks) {

        static ActivityView of(Recorded recorded, FactorChoice choice) {
            var activity = recorded.activity();
            return new ActivityView(
                    activity.id(),
                    activity.site().id(),
                    activity.item().code(),
                    activity.item().name(),
                    activity.item().category().name(),
                    ActivityQuantityBody.of(activity.quantity()),
                    activity.period().start(),
                    activity.period().last(),
                    activity.meter().orElse(null),
                    activity.basis() == Activity.Basis.ESTIMATED,
                    activity.note(),
                    activity.evidence().map(Bytes::hex).orElse(null),
                    recorded.importId(),
                    recorded.importLine(),
                    recorded.replaces(),
                    recorded.counts(),
                    recorded.recordedAt(),
                    recorded.recordedBy(),
                    choice instanceof FactorChoice.Chosen(var factor, _) ? factor.id() : null,
                    choice instanceof FactorChoice.Chosen(_, var because) ? because : List.of(),
                    choice instanceof FactorChoice.Asked asked ? asked.ask() : null);
        }
    }
}
