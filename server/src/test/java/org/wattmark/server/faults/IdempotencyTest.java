package org.wattmark.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.server.Server;
import org.wattmark.server.faults.CuttingProxy.Cut;
import org.wattmark.server.market.IssuedCredits;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.json.JsonMapper;

/// Requests that are sent up to five times, at once and one after the other, over a network that
/// cuts one exchange in twenty, across a restart: each has one effect and one answer, byte for
/// byte.
///
/// `-Didempotency.wishes=100000` wishes for more than the suite does.
class IdempotencyTest {

    /// Half of them are retirements, each a request; half are transfers, a hundred in a request.
    private static final int WISHES = Integer.getInteger("idempotency.wishes", 1_000);

    private static final int TRANSFERS_IN_ONE = 100;
    private static final int MOST_TIMES = 5;
    private static final int CLIENTS = 16;
    private static final int CUT_PERCENT = 5;
    private static final List<Cut> CUTS =
            List.of(Cut.BEFORE_THE_REQUEST, Cut.AFTER_THE_REQUEST, Cut.IN_THE_ANSWER);

    private static final JsonMapper JSON = JsonMapper.shared();

    /// What a client wants: a request that it sends again until it has heard the answer.
    private record Wish(String path, String body) {}

    @Test
    void eachWishHasOneEffectAndOneAnswerHoweverOftenItIsSent() throws Exception {
        try (var world = World.begin()) {
            int retirements = WISHES / 2;
            int bulks = Math.max(1, WISHES / 2 / TRANSFERS_IN_ONE);
            var wishes = new ArrayList<Wish>();
            for (int i = 0; i < retirements; i++) {
                wishes.add(world.retirement());
            }
            for (int i = 0; i < bulks; i++) {
                wishes.add(world.transfers(TRANSFERS_IN_ONE));
            }

            long began = System.nanoTime();
            world.sendAll(wishes, UnaryOperator.identity(), wishes.size() / 2);

            assertThat(world.surprises).isEmpty();
            assertThat(world.retired()).isEqualTo(retirements);
            assertThat(world.transferred()).isEqualTo((long) bulks * TRANSFERS_IN_ONE);
            assertThat(world.differing()).as("answers that differ").isEmpty();
            System.out.printf(
                    "idempotency: %d wishes in %d requests, sent %d times, %d cut, one restart, in"
                            + " %d s: each done once, answers the same%n",
                    retirements + bulks * TRANSFERS_IN_ONE,
                    wishes.size(),
                    world.sent.get(),
                    world.proxy.cuts(),
                    (System.nanoTime() - began) / 1_000_000_000);

            world.findsWhatIsDoneTwice(retirements);
        }
    }

    /// A server, the network before it, and who holds credits.
    private static final class World implements AutoCloseable {

        final Queue<String> surprises = new ConcurrentLinkedQueue<>();
        final AtomicLong sent = new AtomicLong();
        final CuttingProxy proxy;
        private final CountDownLatch closing = new CountDownLatch(1);
        private final Map<Wish, Set<String>> answers = new ConcurrentHashMap<>();
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final Database database;
        private final ServerSettings settings;
        private ConfigurableApplicationContext server;
        private final UUID block;
        private final UUID holder;
        private final UUID friend;
        private final String token;

        private World(Path data) throws IOException {
            database = TestPostgres.freshDatabase();
            settings = new ServerSettings(data, URI.create("http://wattmark.test"));
            server = start(0);
            proxy =
                    new CuttingProxy(
                            port(),
                            () -> {
                                var random = ThreadLocalRandom.current();
                                return random.nextInt(100) < CUT_PERCENT
                                        ? CUTS.get(random.nextInt(CUTS.size()))
                                        : Cut.NEVER;
                            });
            var members = server.getBean(Members.class);
            holder = members.organisation("Holder", "GB", Role.PROPONENT);
            friend = members.organisation("Friend", "GB", Role.BUYER);
            var sequencer = server.getBean(Sequencer.class);
            block =
                    new IssuedCredits(sequencer, server.getBean(GridFactors.class))
                            .to(holder, UnitClass.LIVE)
                            .id();
            sequencer.apply(
                    OpenAccounts.of(
                            new Account(
                                    SystemAccounts.holder(friend, UnitClass.LIVE),
                                    Account.Kind.HOLDER)));
            token = token(members.addMachine(holder, "client", Set.of(Role.PROPONENT)));
            givenTrustedFriend();
        }

        private void givenTrustedFriend() {
            JdbcClient.create(database.dataSource())
                    .sql("insert into trusted_payee values (?, ?, 'A friend', '2026-01-01')")
                    .param(holder)
                    .param(SystemAccounts.holder(friend, UnitClass.LIVE).value())
                    .update();
        }

        static World begin() throws IOException {
            var data = Path.of("target", "idempotency-" + ProcessHandle.current().pid());
            FileSystemUtils.deleteRecursively(data);
            return new World(data);
        }

        private ConfigurableApplicationContext start(int port) {
            return Server.start(OpenDatabase.at(database), settings, port, _ -> {});
        }

        private int port() {
            return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        }

        private void restart() {
            server.close();
            server = start(0);
            proxy.leadTo(port());
        }

        Wish retirement() {
            return new Wish(
                    "/api/v1/retirements",
                    JSON.writeValueAsString(
                            Map.of(
                                    "id",
                                    UUID.randomUUID(),
                                    "block",
                                    block,
                                    "quantity",
                                    Map.of("grams", 1),
                                    "beneficiary",
                                    "Whoever asks again")));
        }

        Wish transfers(int count) {
            var items = new ArrayList<Map<String, ?>>();
            for (int i = 0; i < count; i++) {
                items.add(
                        Map.of(
                                "id",
                                UUID.randomUUID(),
                                "debit",
                                SystemAccounts.holder(holder, UnitClass.LIVE).value(),
                                "credit",
                                SystemAccounts.holder(friend, UnitClass.LIVE).value(),
                                "asset",
                                "credit:" + block,
                                "amount",
                                1));
            }
            return new Wish(
                    "/api/v1/transfers", JSON.writeValueAsString(Map.of("transfers", items)));
        }

        /// Sends each wish one to five times, in two rounds in different order, with a restart
        /// among them.
        ///
        /// @param eachTime what becomes of a wish before it is sent
        /// @param restartAfter so many wishes
        void sendAll(List<Wish> wishes, UnaryOperator<Wish> eachTime, int restartAfter)
                throws Exception {
            var random = new Random(1);
            var sendings = new ArrayList<Wish>();
            for (var wish : wishes) {
                int times = 1 + random.nextInt(MOST_TIMES);
                for (int i = 0; i < times; i++) {
                    // Most copies follow at once, so that they race; the others come later.
                    int end = sendings.size();
                    sendings.add(random.nextBoolean() ? end : random.nextInt(end + 1), wish);
                }
            }
            var early = new CountDownLatch(Math.min(restartAfter, sendings.size()));
            var virtual = Thread.ofVirtual().factory();
            try (var clients = Executors.newFixedThreadPool(CLIENTS, virtual)) {
                for (var wish : sendings) {
                    clients.execute(() -> {
                        sendUntilHeard(wish, eachTime);
                        early.countDown();
                    });
                }
                early.await();
                if (restartAfter < sendings.size()) {
                    restart();
                }
            }
        }

        private void sendUntilHeard(Wish wish, UnaryOperator<Wish> eachTime) {
            for (int attempt = 0; attempt < 1_000; attempt++) {
                var answer = send(eachTime.apply(wish));
                if (answer != null && answer.statusCode() != 503) {
                    var said = answer.statusCode() + " " + answer.body();
                    if (answer.statusCode() >= 300) {
                        surprises.add(said);
                    }
                    answers.computeIfAbsent(wish, _ -> ConcurrentHashMap.newKeySet()).add(said);
                    return;
                }
                pause();
            }
            surprises.add("never answered");
        }

        /// Ends early when the test does.
        private void pause() {
            try {
                boolean _ = closing.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// Null if the connection was cut.
        private @Nullable HttpResponse<String> send(Wish wish) {
            sent.incrementAndGet();
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + proxy.port() + wish.path()))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(wish.body()))
                            .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        private String token(Members.Credentials machine) throws IOException {
            var basic = (machine.clientId() + ":" + machine.secret()).getBytes(UTF_8);
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + port() + "/oauth2/token"))
                            .header(
                                    "Authorization",
                                    "Basic " + Base64.getEncoder().encodeToString(basic))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "grant_type=client_credentials&scope=read%20write"))
                            .build();
            try {
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                return JSON.readTree(answer.body()).get("access_token").asString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        /// Grams, by the rows.
        long retired() {
            return count(
                    "select coalesce(sum(last_serial - first_serial + 1), 0) from retirement"
                            + " where beneficiary = 'Whoever asks again'");
        }

        long transferred() {
            return count(
                    """
                    select coalesce(sum(amount), 0) from journal
                    join account on account.number = journal.credit
                    where account.id = '%s' and debit is not null
                    """
                            .formatted(SystemAccounts.holder(friend, UnitClass.LIVE).value()));
        }

        private long count(String sql) {
            return JdbcClient.create(database.dataSource()).sql(sql).query(Long.class).single();
        }

        List<Set<String>> differing() {
            return answers.values().stream().filter(each -> each.size() > 1).toList();
        }

        /// The positive control: clients that take another id for each attempt.
        void findsWhatIsDoneTwice(long before) throws Exception {
            int count = 100;
            var wishes = new ArrayList<Wish>();
            for (int i = 0; i < count; i++) {
                wishes.add(retirement());
            }

            sendAll(wishes, _ -> retirement(), Integer.MAX_VALUE);

            assertThat(retired() - before).as("done more than once, and seen").isGreaterThan(count);
            assertThat(differing()).isNotEmpty();
        }

        @Override
        public void close() throws IOException {
            closing.countDown();
            proxy.close();
            http.shutdownNow();
            server.close();
        }
    }
}
