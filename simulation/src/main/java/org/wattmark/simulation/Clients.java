package org.wattmark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.registry.ClaimAction;
import org.wattmark.units.Money;

/// Clients who wish for all that can be wished: mostly for what may go well, of things that others
/// wish for too, and now and then for what never can.
final class Clients {

    private static final List<Standing> STANDINGS =
            List.of(Standing.OPEN, Standing.FROZEN, Standing.OPEN);

    private final RandomGenerator random;
    private final List<Request> all = new ArrayList<>();
    private final List<Integer> holds = new ArrayList<>();
    private final List<Integer> offers = new ArrayList<>();
    private final List<Integer> deposits = new ArrayList<>();
    private final List<Integer> issuances = new ArrayList<>();
    private final List<Request.Submit> claims = new ArrayList<>();
    private int number;

    Clients(RandomGenerator random) {
        this.random = random;
    }

    /// What every world begins with; the rest depends on it, and none of it must go well.
    List<Request> opening() {
        var first = new ArrayList<Request>();
        for (var holder : Cast.HOLDERS.subList(0, 3)) {
            first.add(new Request.Open(++number, new Account(holder, Kind.HOLDER)));
        }
        first.add(new Request.Open(++number, new Account(Cast.TEST_HOLDER, Kind.HOLDER)));
        first.add(new Request.Open(++number, Cast.MINT));
        first.add(new Request.Open(++number, Cast.DRAIN));
        first.add(new Request.Register(++number, 0));
        first.add(new Request.Register(++number, 1));
        first.add(new Request.Design(++number, 0));
        first.add(new Request.Validate(++number, 0));
        first.add(new Request.Design(++number, 1));
        first.add(new Request.Validate(++number, 1));
        var claim = new Request.Submit(++number, 0, 0, random.nextBoolean());
        claims.add(claim);
        first.add(claim);
        first.add(new Request.Assess(++number, claim));
        first.add(new Request.Act(++number, claim, ClaimAction.TAKE));
        first.add(new Request.Decide(++number, claim, true, true));
        first.add(new Request.Act(++number, claim, ClaimAction.APPROVE_ISSUANCE));
        var issue = new Request.Issue(++number, claim);
        issuances.add(issue.number());
        first.add(issue);
        for (var holder : Cast.HOLDERS.subList(0, 3)) {
            var money = new Money(1 + random.nextInt(5_000), Cast.EUR);
            var deposit = new Request.AskDeposit(++number, holder, money, number);
            first.add(deposit);
            first.add(new Request.Approve(++number, deposit.number(), true));
        }
        all.addAll(first);
        return first;
    }

    /// The next wish: new, or one of the last again, or another under the number of an older.
    Request next() {
        int kind = random.nextInt(100);
        if (kind < 8) {
            return recent();
        }
        var request = kind < 11 ? contradicting(recent().number()) : wish(++number);
        all.add(request);
        return request;
    }

    Request recent() {
        return all.get(all.size() - 1 - random.nextInt(Math.min(40, all.size())));
    }

    /// Never one that makes a hold: a listing's is not for clients to use, whoever has its number.
    private Request contradicting(int as) {
        return switch (random.nextInt(4)) {
            case 0 -> move(as);
            case 1 -> new Request.Retire(as, anyone(), any(issuances), grams());
            case 2 -> new Request.Buy(as, anyone(), any(offers), grams());
            default -> deposit(as);
        };
    }

    private Request wish(int as) {
        int kind = random.nextInt(100);
        if (kind < 17) {
            return move(as);
        }
        if (kind < 30) {
            return ledger(as);
        }
        if (kind < 38) {
            holds.add(as);
            return new Request.Reserve(as, anyone(), asset(), amount());
        }
        if (kind < 48) {
            return new Request.Retire(as, anyone(), any(issuances), grams());
        }
        if (kind < 58) {
            offers.add(as);
            long cents = random.nextInt(4) == 0 ? 1 : 1_000 + random.nextInt(30_000_000);
            return new Request.Offer(as, holder(), any(issuances), grams(), cents);
        }
        if (kind < 74) {
            return new Request.Buy(as, anyone(), any(offers), grams());
        }
        if (kind < 80) {
            return new Request.Withdraw(as, holder(), any(offers));
        }
        return kind < 90 ? deposit(as) : registry(as);
    }

    /// What the ledger offers by itself. Only points are frozen, and only who makes them: nothing
    /// in the market knows what to answer when its own money or its own sellers stand still.
    private Request ledger(int as) {
        int kind = random.nextInt(20);
        if (kind < 6) {
            var from = anyone();
            var asset = asset();
            return new Request.Post(as, from, paid(from, asset), asset, amount(), -1);
        }
        if (kind < 11) {
            holds.add(as);
            var from = holder();
            var asset = asset();
            int timeout = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(20);
            return new Request.Post(as, from, paid(from, asset), asset, amount(), timeout);
        }
        if (kind < 14) {
            return new Request.Complete(as, any(holds), random.nextBoolean() ? 0 : amount());
        }
        if (kind < 16) {
            return new Request.Cancel(as, any(holds));
        }
        if (kind < 18) {
            return new Request.Expire(as, 1 + random.nextInt(4));
        }
        return kind == 18
                ? new Request.Freeze(as, Cast.POINTS, random.nextInt(3) == 0)
                : new Request.Stand(as, Cast.MINT.id(), STANDINGS.get(random.nextInt(3)));
    }

    private Request deposit(int as) {
        int kind = random.nextInt(10);
        if (kind < 4 || deposits.isEmpty()) {
            deposits.add(as);
            var currency = random.nextInt(4) == 0 ? Cast.USD : Cast.EUR;
            long cents = random.nextInt(50) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(20_000);
            return new Request.AskDeposit(
                    as, deposited(), new Money(cents, currency), random.nextInt(40));
        }
        return kind < 8
                ? new Request.Approve(as, any(deposits), random.nextInt(4) > 0)
                : new Request.Reject(as, any(deposits));
    }

    private AccountId deposited() {
        return random.nextInt(8) == 0 ? Cast.TEST_HOLDER : holder();
    }

    /// Twice what leads to issuance, once what ends or delays it.
    private static final List<ClaimAction> STEPS =
            List.of(
                    ClaimAction.TAKE,
                    ClaimAction.TAKE,
                    ClaimAction.APPROVE_ISSUANCE,
                    ClaimAction.APPROVE_ISSUANCE,
                    ClaimAction.HAND_BACK,
                    ClaimAction.DECLINE_ISSUANCE,
                    ClaimAction.WITHDRAW);

    private Request registry(int as) {
        int kind = random.nextInt(13);
        if (kind < 3) {
            var claim =
                    new Request.Submit(
                            as, random.nextInt(2), random.nextInt(3), random.nextBoolean());
            claims.add(claim);
            return claim;
        }
        var claim = claims.get(claims.size() - 1 - random.nextInt(Math.min(4, claims.size())));
        if (kind < 5) {
            return new Request.Assess(as, claim);
        }
        if (kind < 7) {
            return new Request.Decide(as, claim, random.nextInt(6) > 0, random.nextInt(6) > 0);
        }
        if (kind < 10) {
            return new Request.Act(as, claim, STEPS.get(random.nextInt(STEPS.size())));
        }
        if (kind == 10) {
            return new Request.Open(as, new Account(holder(), Kind.HOLDER));
        }
        issuances.add(as);
        return new Request.Issue(as, claim);
    }

    private Request move(int as) {
        int legs = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        var list = new ArrayList<Leg>();
        for (int i = 0; i < legs; i++) {
            list.add(leg());
        }
        return new Request.Move(as, List.copyOf(list));
    }

    private Leg leg() {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return new Leg.Plain(Cast.MINT.id(), anyone(), Cast.POINTS, huge());
        }
        if (kind < 4) {
            return new Leg.Capture(any(holds), anyone(), amount());
        }
        if (kind < 5) {
            return new Leg.Release(any(holds));
        }
        var asset = asset();
        var from = random.nextInt(30) == 0 ? Cast.DRAIN.id() : anyone();
        return new Leg.Plain(from, paid(from, asset), asset, amount());
    }

    /// Sometimes back to where points come from, or out of all hands; but credits end by their
    /// retirement alone.
    private AccountId paid(AccountId from, Asset asset) {
        int kind = random.nextInt(10);
        if (kind < 3 && asset.equals(Cast.POINTS)) {
            return Cast.MINT.id();
        }
        if (kind == 0 && !asset.code().startsWith("credit:") && !from.equals(Cast.DRAIN.id())) {
            return Cast.DRAIN.id();
        }
        var to = anyone();
        while (to.equals(from)) {
            to = anyone();
        }
        return to;
    }

    private Asset asset() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> Cast.EUROS;
            case 4 -> Cast.DOLLARS;
            case 5 -> Cast.POINTS;
            case 6 -> random.nextInt(4) == 0 ? Cast.TEST_EUROS : Cast.POINTS;
            default -> Cast.credits(any(issuances));
        };
    }

    /// Someone who may have an account, and may not.
    private AccountId anyone() {
        int kind = random.nextInt(40);
        return kind == 0 ? Cast.NOBODY : kind == 1 ? Cast.TEST_HOLDER : holder();
    }

    private AccountId holder() {
        return Cast.HOLDERS.get(random.nextInt(Cast.HOLDERS.size()));
    }

    /// Small ones often, and just one now and then.
    private long amount() {
        return 1L + random.nextInt(1 << random.nextInt(12));
    }

    private long grams() {
        return 1L + random.nextInt(1 << random.nextInt(10));
    }

    /// Near the end of what can be counted.
    private long huge() {
        return random.nextInt(3) == 0 ? Long.MAX_VALUE - random.nextInt(3) : amount();
    }

    private int any(List<Integer> numbers) {
        return numbers.isEmpty()
                ? 0
                : numbers.get(numbers.size() - 1 - random.nextInt(Math.min(12, numbers.size())));
    }
}
