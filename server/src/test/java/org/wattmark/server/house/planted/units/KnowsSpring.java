package org.wattmark.server.house.planted.units;

import org.springframework.http.HttpStatus;

/// Planted: a plain room that knows a framework.
record KnowsSpring(HttpStatus status) {}
