package org.wattmark.server.house.planted.util;

/// Planted: a name that says nothing, in a room whose name says nothing.
record PriceHelper() {}
