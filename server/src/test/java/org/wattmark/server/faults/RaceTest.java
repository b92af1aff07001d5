package org.wattmark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.ListCredits;
import org.wattmark.market.Purchase;
import org.wattmark.market.RequestDeposit;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.server.market.IssuedCredits;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.security.Role;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.json.JsonMapper;

/// Sixty-four at once want the same thing, of which there is not enough for all.
class RaceTest extends ServerTest {

    private static final int RACERS = 64;
    private static final int LOTS = 3;

    /// So many of the racers can be served.
    private static final int SERVED = 21;

    @Autowired private Sequencer sequencer;
    @Autowired private GridFactors factors;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    RaceTest() {}

    /// Runs it in so many threads at once and counts those who were served.
    private static int race(Callable<Boolean> attempt) throws Exception {
        var start = new CyclicBarrier(RACERS);
        int served = 0;
        try (var threads = Executors.newFixedThreadPool(RACERS)) {
            Callable<Boolean> racer =
                    () -> {
                        start.await();
                        return attempt.call();
                    };
            var all = threads.invokeAll(Collections.nCopies(RACERS, racer));
            for (var each : all) {
                served += each.get() ? 1 : 0;
            }
        }
        return served;
    }

    @Test
    void aLotIsRetiredByAsManyAsItIsEnoughForAndNoMore() throws Exception {
        for (int lot = 0; lot < LOTS; lot++) {
            var organisation = newOrganisation(Role.PROPONENT);
            var block = new IssuedCredits(sequencer, factors).to(organisation, UnitClass.LIVE);
            var token = tokenOf(members.addMachine(organisation, "racer", Set.of(Role.PROPONENT)));
            long grams = available(token);
            long each = grams / SERVED;

            int served = race(() -> retire(token, block.id(), each).statusCode() == 201);

            assertThat(served).isEqualTo((int) (grams / each));
            assertThat(available(token)).isEqualTo(grams % each);
        }
    }

    private HttpResponse<String> retire(String token, UUID block, long grams) {
        var body =
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "block",
                        block,
                        "quantity",
                        Map.of("grams", grams),
                        "beneficiary",
                        "Whoever is first");
        return send(
                json(
                        request("/api/v1/retirements", token),
                        "POST",
                        JsonMapper.shared().writeValueAsString(body)));
    }

    private long available(String token) {
        var holdings = bodyOf(send(request("/api/v1/holdings", token).GET()));
        return holdings.at("/credits/0/available/grams").asLong();
    }

    /// The positive control: whoever looks first and then writes serves too many.
    @Test
    void findsThatLookingBeforeWritingServesTooMany() throws Exception {
        var source = TestPostgres.emptyDatabase().dataSource();
        var naive = JdbcClient.create(source);
        naive.sql("create table taken (grams bigint not null)").update();
        long each = 1_000;
        long lot = SERVED * each + 1;

        var looked = new CyclicBarrier(RACERS);

        int served = race(() -> lookAndTake(source, lot, each, looked));

        assertThat(served).isGreaterThan(SERVED);
    }

    /// All of them look before the first one writes, as may happen to any of them.
    private static boolean lookAndTake(
            DataSource source, long lot, long grams, CyclicBarrier looked) throws Exception {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var rows = statement.executeQuery("select coalesce(sum(grams), 0) from taken")) {
                rows.next();
                if (rows.getLong(1) + grams > lot) {
                    return false;
                }
            }
            looked.await();
            statement.execute("insert into taken values (" + grams + ")");
            connection.commit();
            return true;
        }
    }

    @Test
    void creditsAndMoneyMoveTogetherOrNotAtAll() throws Exception {
        var seller = newOrganisation(Role.PROPONENT);
        var block = new IssuedCredits(sequencer, factors).to(seller, UnitClass.LIVE);
        var buyer = newOrganisation(Role.BUYER);
        var account = SystemAccounts.holder(buyer, UnitClass.LIVE);
        sequencer.apply(OpenAccounts.of(new Account(account, Account.Kind.HOLDER)));
        // One gram costs one euro, so the money is enough for SERVED purchases of ten grams.
        pay(buyer, SERVED * 10_00 + 5_00);
        var listing = UUID.randomUUID();
        sequencer.apply(
                new ListCredits(
                        listing,
                        SystemAccounts.holder(seller, UnitClass.LIVE),
                        block.id(),
                        new Co2e(10_000),
                        new Price(Money.of(1_000_000_00L, "EUR"))));

        int bought =
                race(() ->
                        sequencer.apply(
                                        new BuyCredits(
                                                UUID.randomUUID(), account, listing, new Co2e(10)))
                                instanceof Purchase.Bought);

        assertThat(bought).isEqualTo(SERVED);
        assertThat(amounts(account.value()).get("credit:" + block.id())).isEqualTo(SERVED * 10L);
        assertThat(amounts(account.value()).get("money:EUR")).isEqualTo(5_00L);
    }

    private void pay(UUID organisation, long cents) {
        var deposit = UUID.randomUUID();
        sequencer.apply(
                new RequestDeposit(
                        deposit,
                        UUID.randomUUID(),
                        SystemAccounts.holder(organisation, UnitClass.LIVE),
                        Money.of(cents, "EUR"),
                        "bank " + deposit));
        sequencer.apply(new ApproveDeposit(UUID.randomUUID(), UUID.randomUUID(), deposit));
    }

    private Map<String, Long> amounts(String account) {
        var amounts = new HashMap<String, Long>();
        jdbc.sql(
                        """
                        select code, amount from account, balances_of(account.number)
                        join asset on asset.number = balances_of.asset
                        where account.id = ?
                        """)
                .param(account)
                .query((row, _) -> Map.entry(row.getString("code"), row.getLong("amount")))
                .list()
                .forEach(each -> amounts.put(each.getKey(), each.getValue()));
        return amounts;
    }
}
