package org.wattmark.server.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.security.Members;
import tools.jackson.databind.json.JsonMapper;

/// Clients who retire gram after gram, each under an id that it chose, and who send an id again
/// until it is acknowledged. They stand outside what is killed.
final class Retirers implements AutoCloseable {

    /// In whose name, and how the test tells its retirements from the demo's.
    static final String BENEFICIARY = "Whoever survives";

    private static final int CLIENTS = 16;

    /// Between two attempts while nobody answers: often enough to see the recovery, and seldom
    /// enough to leave the machine to it.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// The server itself gives up after 15 seconds and answers 503.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Where there is another server to ask, a client does not wait for one that may be frozen.
    static final Duration IMPATIENCE = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    /// The answer that made an id's retirement final.
    ///
    /// @param body the whole of it: the same id gets these very bytes for ever
    /// @param askedAt when the request was sent that was answered, as `System.nanoTime` says it
    record Acknowledged(UUID id, String body, long askedAt) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Acknowledged> acknowledged = new LinkedBlockingQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Held for reading while an id is under way, for writing while none may be. It is fair: else
    /// the clients, of whom one always reads, would never let the writer in.
    private final ReentrantReadWriteLock underWay = new ReentrantReadWriteLock(true);

    private final List<URI> servers;
    private final Duration patience;
    private final UUID block;
    private final Members.Credentials machine;
    private volatile String token = "";

    /// The one that all of them ask, until it does not take their writes.
    private volatile int asked;

    /// @param servers of which one leads
    Retirers(List<URI> servers, Duration patience, UUID block, Members.Credentials machine) {
        this.servers = List.copyOf(servers);
        this.patience = patience;
        this.block = block;
        this.machine = machine;
    }

    void start() {
        for (int i = 0; i < CLIENTS; i++) {
            threads.execute(this::retireOnAndOn);
        }
    }

    /// The next acknowledgement, in the order of their arrival; null if none comes within a second.
    @Nullable Acknowledged next() throws InterruptedException {
        return acknowledged.poll(1, SECONDS);
    }

    /// What has arrived and was not yet taken.
    Collection<Acknowledged> arrived() {
        var all = new ConcurrentLinkedQueue<Acknowledged>();
        acknowledged.drainTo(all);
        return all;
    }

    /// Answers that no client should see: neither done, nor "send it again".
    Collection<String> surprises() {
        return surprises;
    }

    /// How often a client had to send again, and why.
    String troubles() {
        return refused + " times 503, " + unanswered + " times no answer";
    }

    /// Waits until every id that was sent is acknowledged or given up, and runs the check before
    /// another one is sent.
    <T> T whileQuiet(Supplier<T> check) throws InterruptedException {
        if (!underWay.writeLock().tryLock(2 * PATIENCE.toSeconds(), SECONDS)) {
            throw new AssertionError("some client's request is never answered");
        }
        try {
            return check.get();
        } finally {
            underWay.writeLock().unlock();
        }
    }

    /// Sends these ids once more, all at the same time.
    ///
    /// @return the answers, with the status before the body
    Map<UUID, String> sendAgain(Collection<UUID> ids) {
        var answers = new ConcurrentHashMap<UUID, String>();
        try (var pool = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            for (var id : ids) {
                pool.execute(() -> answers.put(id, finalAnswer(id)));
            }
        }
        return answers;
    }

    private void retireOnAndOn() {
        boolean hopeful = true;
        while (hopeful && closing.getCount() > 0) {
            underWay.readLock().lock();
            try {
                hopeful = retireOne();
            } finally {
                underWay.readLock().unlock();
            }
        }
    }

    private boolean retireOne() {
        var id = UUID.randomUUID();
        long askedAt = System.nanoTime();
        int server = asked;
        var answer = post(server, id);
        while (shouldBeSentAgain(server, answer) && closing.getCount() > 0) {
            pause();
            askedAt = System.nanoTime();
            server = asked;
            answer = post(server, id);
        }
        if (answer != null && answer.statusCode() == 201) {
            acknowledged.add(new Acknowledged(id, answer.body(), askedAt));
            return true;
        }
        if (answer != null && !hasStopped(answer) && closing.getCount() > 0) {
            surprises.add(answer.statusCode() + " " + answer.body());
        }
        return false;
    }

    private String finalAnswer(UUID id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int server = asked;
        var answer = post(server, id);
        while (shouldBeSentAgain(server, answer) && System.nanoTime() < deadline) {
            pause();
            server = asked;
            answer = post(server, id);
        }
        return answer == null ? "no answer" : answer.statusCode() + " " + answer.body();
    }

    /// No connection and 503 say so; 401 means that the token was too old, or not yet there.
    private boolean shouldBeSentAgain(int server, @Nullable HttpResponse<String> answer) {
        if (answer != null && answer.statusCode() == 401) {
            signIn(server);
            return true;
        }
        if (answer == null) {
            unanswered.increment();
            askAnother(server);
            return true;
        }
        if (answer.statusCode() == 503 && !hasStopped(answer)) {
            refused.increment();
            askAnother(server);
            return true;
        }
        return false;
    }

    /// Whether the server has found out that its database has lost what was acknowledged.
    private static boolean hasStopped(HttpResponse<String> answer) {
        return answer.statusCode() == 503 && answer.body().contains("writes_stopped");
    }

    /// Unless another client has done so already.
    private synchronized void askAnother(int server) {
        if (asked == server) {
            asked = (server + 1) % servers.size();
        }
    }

    private @Nullable HttpResponse<String> post(int server, UUID id) {
        var body =
                Map.of(
                        "id",
                        id,
                        "block",
                        block,
                        "quantity",
                        Map.of("grams", 1),
                        "beneficiary",
                        BENEFICIARY,
                        "purpose",
                        "To see what is left after kill -9");
        return send(
                request(server, "/api/v1/retirements")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /// With client credentials, as RFC 6749 (4.4) says. If it fails, the next 401 asks again.
    private synchronized void signIn(int server) {
        var basic = machine.clientId() + ":" + machine.secret();
        var answer =
                send(
                        request(server, "/oauth2/token")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(basic.getBytes(UTF_8)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "grant_type=client_credentials"
                                                        + "&scope=read%20write")));
        if (answer != null && answer.statusCode() == 200) {
            token = JSON.readTree(answer.body()).path("access_token").asString();
        }
    }

    private HttpRequest.Builder request(int server, String path) {
        return HttpRequest.newBuilder(servers.get(server).resolve(path)).timeout(patience);
    }

    /// Null if nobody answered: it is not known then whether the request was done.
    private @Nullable HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Ends early when the test does.
    private void pause() {
        try {
            boolean _ = closing.await(PAUSE.toMillis(), MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        threads.shutdownNow();
        http.shutdownNow();
    }
}
