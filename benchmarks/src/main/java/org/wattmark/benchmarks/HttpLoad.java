package org.wattmark.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A client that sends transfers in bulk over HTTP, in a process of its own, and waits for each
/// durable answer. The latency of a transfer is that of its request, from when it was due.
final class HttpLoad {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final byte[] POSTED = "\"posted\"".getBytes(StandardCharsets.UTF_8);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String clientId;
    private final String secret;
    private final List<String> accounts;
    private final String asset;
    private volatile String token = "";

    HttpLoad(URI url, String clientId, String secret, List<String> accounts, String asset) {
        this.url = url;
        this.clientId = clientId;
        this.secret = secret;
        this.accounts = List.copyOf(accounts);
        this.asset = asset;
    }

    void signIn() throws IOException, InterruptedException {
        var basic =
                Base64.getEncoder()
                        .encodeToString(
                                (form(clientId) + ":" + form(secret))
                                        .getBytes(StandardCharsets.UTF_8));
        var answer =
                http.send(
                        HttpRequest.newBuilder(url.resolve("/oauth2/token"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "grant_type=client_credentials&scope=read+write"))
                                .build(),
                        BodyHandlers.ofString());
        var found = TOKEN.matcher(answer.body());
        if (!found.find()) {
            throw new IOException("no token: " + answer.statusCode() + " " + answer.body());
        }
        token = found.group(1);
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// @param clients requests under way at once
    /// @param batch transfers in a request
    /// @param perSecond at which requests are due; 0 for as fast as answers come
    Measurement run(String name, Duration length, int clients, int batch, double perSecond)
            throws Exception {
        signIn();
        var latencies = new Latencies();
        var posted = new AtomicLong();
        var failure = new ArrayList<Throwable>();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        var pace = new AtomicLong();
        long interval = perSecond == 0 ? 0 : (long) (batch * 1e9 / perSecond);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    client(start, end, interval, pace, batch, latencies, posted);
                                } catch (IOException | InterruptedException e) {
                                    synchronized (failure) {
                                        failure.add(e);
                                    }
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        if (!failure.isEmpty()) {
            throw new IOException("a client failed", failure.getFirst());
        }
        return new Measurement(
                name, posted.get(), Duration.ofNanos(System.nanoTime() - start), latencies.all());
    }

    private void client(
            long start,
            long end,
            long interval,
            AtomicLong pace,
            int batch,
            Latencies latencies,
            AtomicLong posted)
            throws IOException, InterruptedException {
        long renewed = System.nanoTime();
        while (true) {
            long due =
                    interval == 0 ? System.nanoTime() : start + pace.getAndIncrement() * interval;
            if (due >= end) {
                return;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (System.nanoTime() - renewed > Duration.ofMinutes(2).toNanos()) {
                signIn();
                renewed = System.nanoTime();
            }
            int count = send(batch);
            posted.addAndGet(count);
            latencies.add(System.nanoTime() - due);
        }
    }

    /// @return how many were posted; all of them, or it is an error
    private int send(int batch) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(url.resolve("/api/v1/transfers"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body(batch)))
                        .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() == 503) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            return 0;
        }
        int posted = count(answer.body());
        if (answer.statusCode() / 100 != 2 || posted != batch) {
            var words = new String(answer.body(), StandardCharsets.UTF_8);
            throw new IOException(
                    answer.statusCode()
                            + ", "
                            + posted
                            + " of "
                            + batch
                            + " posted: "
                            + words.substring(
                                    Math.max(0, words.indexOf("rejected") - 100),
                                    Math.min(words.indexOf("rejected") + 400, words.length())));
        }
        return posted;
    }

    private byte[] body(int batch) {
        var random = ThreadLocalRandom.current();
        var json = new StringBuilder(260 * batch).append("{\"transfers\":[");
        for (int i = 0; i < batch; i++) {
            int from = random.nextInt(accounts.size());
            int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
            json.append(i == 0 ? "{\"id\":\"" : ",{\"id\":\"")
                    .append(TimeOrderedId.next())
                    .append("\",\"debit\":\"")
                    .append(accounts.get(from))
                    .append("\",\"credit\":\"")
                    .append(accounts.get(to))
                    .append("\",\"asset\":\"")
                    .append(asset)
                    .append("\",\"amount\":1}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int count(byte[] body) {
        int count = 0;
        for (int i = 0; i <= body.length - POSTED.length; i++) {
            int k = 0;
            while (k < POSTED.length && body[i + k] == POSTED[k]) {
                k++;
            }
            if (k == POSTED.length) {
                count++;
                i += POSTED.length - 1;
            }
        }
        return count;
    }
}
