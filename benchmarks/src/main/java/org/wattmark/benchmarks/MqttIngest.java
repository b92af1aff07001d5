package org.wattmark.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Meters that publish their batches by MQTT, each in a session of its own, and count the receipts
/// that they are told.
final class MqttIngest implements AutoCloseable {

    /// Batches that one meter has under way at once, in its order.
    private static final int UNDER_WAY = 16;

    private static final long PATIENCE_SECONDS = 120;

    private final List<Mqtt5AsyncClient> clients = new ArrayList<>();
    private final List<Semaphore> places = new ArrayList<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final Fleet fleet;

    private MqttIngest(Fleet fleet) {
        this.fleet = fleet;
    }

    /// The first meters of the fleet sign in.
    static MqttIngest of(Fleet fleet, int meters, ApiClient owner, int port)
            throws IOException, InterruptedException {
        var ingest = new MqttIngest(fleet);
        for (int i = 0; i < meters; i++) {
            var id = fleet.meters().get(i).id().toString();
            var path = "/api/v1/devices/" + id + "/mqtt-credentials";
            var secret = owner.create(path, Map.of()).get("password").asString();
            ingest.connect(id, port, secret);
        }
        return ingest;
    }

    private void connect(String id, int port, String secret) {
        var client =
                MqttClient.builder()
                        .useMqttVersion5()
                        .identifier(id)
                        .serverHost("127.0.0.1")
                        .serverPort(port)
                        .simpleAuth()
                        .username(id)
                        .password(secret.getBytes(UTF_8))
                        .applySimpleAuth()
                        .buildAsync();
        var place = new Semaphore(UNDER_WAY);
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                receipt -> {
                    boolean isReceipt =
                            receipt.getContentType()
                                    .map(type -> type.toString().equals("application/json"))
                                    .orElse(false);
                    (isReceipt ? taken : refused).incrementAndGet();
                    place.release();
                });
        client.connect().join();
        client.subscribeWith()
                .topicFilter("meters/" + id + "/receipts/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
        clients.add(client);
        places.add(place);
    }

    int meters() {
        return clients.size();
    }

    /// @param seconds from the first publish to the last receipt
    /// @param published that the broker has acknowledged
    /// @param refused that got a problem instead of a receipt
    record Published(long published, long taken, long refused, double seconds) {}

    /// Prepares so many batches of each meter, and publishes them.
    ///
    /// @param waits whether a meter waits for receipts when it has enough under way; or else it
    ///   publishes all that it has at once
    Published publish(int batchesEach, int readings, boolean waits) throws InterruptedException {
        var prepared = new ArrayList<List<byte[]>>();
        for (int meter = 0; meter < clients.size(); meter++) {
            var own = new ArrayList<byte[]>();
            for (int i = 0; i < batchesEach; i++) {
                own.add(Meter.json(fleet.next(meter, readings)));
            }
            prepared.add(own);
        }
        long before = taken.get() + refused.get();
        long takenBefore = taken.get();
        long refusedBefore = refused.get();
        accepted.set(0);
        long start = System.nanoTime();
        var threads = new ArrayList<Thread>();
        for (int meter = 0; meter < clients.size(); meter++) {
            int number = meter;
            threads.add(
                    Thread.ofVirtual().start(() -> publish(number, prepared.get(number), waits)));
        }
        for (var thread : threads) {
            thread.join();
        }
        long all = (long) clients.size() * batchesEach;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var pause = new Semaphore(0);
        while (taken.get() + refused.get() - before < all && System.nanoTime() < end) {
            var _ = pause.tryAcquire(5, TimeUnit.MILLISECONDS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Published(
                accepted.get(), taken.get() - takenBefore, refused.get() - refusedBefore, seconds);
    }

    private void publish(int meter, List<byte[]> bodies, boolean waits) {
        var client = clients.get(meter);
        var topic = "meters/" + fleet.meters().get(meter).id() + "/batches";
        for (var body : bodies) {
            if (waits) {
                places.get(meter).acquireUninterruptibly();
            }
            var _ =
                    client.publishWith()
                            .topic(topic)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(body)
                            .send()
                            .thenAccept(answer -> {
                                if (answer.getError().isEmpty()) {
                                    accepted.incrementAndGet();
                                }
                            });
        }
    }

    @Override
    public void close() {
        clients.forEach(client -> client.disconnect().join());
    }
}
