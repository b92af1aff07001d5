package org.wattmark.server.security;

/// What an organisation has been licensed: how often each of its keys may ask in a minute, and
/// whether it sees analytics ([Plans]).
///
/// FREE is enough to poll every second; the others are ten times each. They are limits of each
/// server for itself: behind two servers a key may ask twice as often.
public enum Plan {
    FREE(60),
    STANDARD(600),
    BUSINESS(6_000),
    PARTNER(60_000);

    private final int requestsPerMinute;

    Plan(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public int requestsPerMinute() {
        return requestsPerMinute;
    }
}
