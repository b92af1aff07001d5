package org.wattmark.server.live;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.live.LiveFeed.Wish;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;

/// Server-Sent Events: what meters make, as it comes in. Each stream begins with what is known, so
/// a client that was away connects again and has missed nothing that still counts.
@RestController
@Tag(name = "Live")
class LiveEndpoints {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final LiveFeed feed;
    private final BondedDevices devices;

    LiveEndpoints(LiveFeed feed, BondedDevices devices) {
        this.feed = feed;
        this.devices = devices;
    }

    /// Events `reading` of one device of one's own.
    @GetMapping(path = "/api/v1/devices/{id}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter device(Actor actor, @PathVariable UUID id) {
        if (devices.find(new DeviceId(id), actor.organisation()).isEmpty()) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "device_unknown",
                            "You have no device with the id " + id)
                    .asException();
        }
        return listen(new Wish.OfDevice(id));
    }

    /// Events `reading` of all devices of one's own organisation.
    @GetMapping(path = "/api/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter own(Actor actor) {
        return listen(new Wish.OfOwner(actor.organisation()));
    }

    /// Events `total`: what all devices make together, at most one a second.
    @GetMapping(path = "/api/v1/public/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter all() {
        return listen(new Wish.OfAll());
    }

    private SseEmitter listen(Wish wish) {
        return feed.subscribe(wish)
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        "too_many_listeners",
                                        "%,d streams are open, which is as many as there may be."
                                                .formatted(LiveFeed.MOST_SUBSCRIBERS))
                                .retryAfter(LATER)
                                .asException());
    }
}
