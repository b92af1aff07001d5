package org.wattmark.server.live;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wattmark.server.rewards.RewardedDays;

/// Sees which batches were committed, by any server on this database, and tells those who listen.
///
/// It asks the database while somebody listens, five times a second, so a server that stands by
/// tells the same as the leader.
final class LiveFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    static final Duration LOOK = Duration.ofMillis(200);

    /// Connections that stay open; each holds some tens of kilobytes.
    static final int MOST_SUBSCRIBERS = 2_000;

    /// So many new batches are looked at at once; more wait for the next look.
    private static final int MOST_BATCHES = 10_000;

    private static final String NEW =
            """
            select reading_batch.receipt, device_id, owner_id from reading_batch
            join device on device.id = device_id
            where reading_batch.receipt > :after and channel = 'GENERATION'
            order by reading_batch.receipt limit :most
            """;

    private final JdbcClient jdbc;
    private final LiveReadings readings;
    private final PublicTotals totals;
    private final Map<Subscriber, Wish> subscribers = new ConcurrentHashMap<>();
    private final ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("live").factory());
    private long seen = -1;
    private boolean troubled;
    private volatile boolean running;

    LiveFeed(JdbcClient jdbc, LiveReadings readings, RewardedDays rewards, InstantSource time) {
        this.jdbc = jdbc;
        this.readings = readings;
        this.totals = new PublicTotals(jdbc, rewards, time);
    }

    /// What a subscriber wants to hear of.
    sealed interface Wish {

        record OfDevice(UUID device) implements Wish {}

        record OfOwner(UUID owner) implements Wish {}

        record OfAll() implements Wish {}
    }

    @Override
    public void start() {
        running = true;
        var _ =
                clock.scheduleWithFixedDelay(
                        () -> guarded(this::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins with what is known now. Empty if too many listen already.
    Optional<SseEmitter> subscribe(Wish wish) {
        if (subscribers.size() >= MOST_SUBSCRIBERS) {
            return Optional.empty();
        }
        var subscriber = new Subscriber();
        clock.execute(() -> guarded(() -> begin(subscriber, wish)));
        lines.execute(() -> {
            try {
                subscriber.run();
            } finally {
                subscribers.remove(subscriber);
            }
        });
        return Optional.of(subscriber.line());
    }

    int subscribers() {
        return subscribers.size();
    }

    /// On the thread that looks, and after it is settled from where on it looks: so nothing falls
    /// between what is known and what comes, and nothing old comes after what is newer.
    private void begin(Subscriber subscriber, Wish wish) {
        subscribers.put(subscriber, wish);
        if (subscriber.isClosed()) { // gone before it began, or just now
            subscribers.remove(subscriber);
            return;
        }
        if (seen < 0) {
            seen = newest();
        }
        switch (wish) {
            case Wish.OfDevice(var device) -> tell(subscriber, List.of(device));
            case Wish.OfOwner(var owner) -> tell(subscriber, devicesOf(owner));
            case Wish.OfAll _ -> {} // the next look tells it
        }
    }

    private long newest() {
        return jdbc.sql("select coalesce(max(receipt), 0) from reading_batch")
                .query(Long.class)
                .single();
    }

    private void tell(Subscriber subscriber, List<UUID> devices) {
        readings.of(devices).forEach((device, it) -> subscriber.offer(device, "reading", it));
    }

    private List<UUID> devicesOf(UUID owner) {
        return jdbc.sql("select id from device where owner_id = :owner order by id limit 1000")
                .param("owner", owner)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    private void guarded(Runnable task) {
        try {
            task.run();
            troubled = false;
        } catch (DataAccessException e) {
            if (!troubled) { // said once, not five times a second
                LOG.warn("nobody hears of new readings until this passes: {}", e.toString());
            }
            troubled = true;
        } catch (RuntimeException e) {
            LOG.error("live readings are not told", e);
        }
    }

    private record Fresh(long receipt, UUID device, UUID owner) {}

    private void look() {
        if (subscribers.isEmpty()) {
            seen = -1;
            return;
        }
        var fresh =
                jdbc.sql(NEW)
                        .param("after", seen)
                        .param("most", MOST_BATCHES)
                        .query((row, _) ->
                                new Fresh(
                                        row.getLong("receipt"),
                                        row.getObject("device_id", UUID.class),
                                        row.getObject("owner_id", UUID.class)))
                        .list();
        tellOf(fresh);
        tellTotals();
        if (!fresh.isEmpty()) {
            seen = fresh.getLast().receipt();
        }
    }

    private void tellOf(List<Fresh> fresh) {
        var byWish = new HashMap<Wish, Set<Subscriber>>();
        subscribers.forEach((subscriber, wish) ->
                byWish.computeIfAbsent(wish, _ -> new HashSet<>()).add(subscriber));
        var listeners = new HashMap<UUID, Set<Subscriber>>();
        for (var each : fresh) {
            var its = new HashSet<Subscriber>();
            its.addAll(byWish.getOrDefault(new Wish.OfDevice(each.device()), Set.of()));
            its.addAll(byWish.getOrDefault(new Wish.OfOwner(each.owner()), Set.of()));
            if (!its.isEmpty()) {
                listeners.put(each.device(), its);
            }
        }
        readings.of(listeners.keySet())
                .forEach((device, it) ->
                        listeners
                                .getOrDefault(device, Set.of())
                                .forEach(listener -> listener.offer(device, "reading", it)));
    }

    private void tellTotals() {
        var all =
                subscribers.entrySet().stream()
                        .filter(each -> each.getValue() instanceof Wish.OfAll)
                        .map(Map.Entry::getKey)
                        .toList();
        if (!all.isEmpty()) {
            totals.ifNew(all).forEach((listener, it) -> listener.offer("total", "total", it));
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the web server waits for its last requests: a stream is one that never ends.
    @Override
    public void stop() {
        running = false;
        clock.shutdownNow();
        subscribers.keySet().forEach(Subscriber::close);
        lines.close();
    }
}
