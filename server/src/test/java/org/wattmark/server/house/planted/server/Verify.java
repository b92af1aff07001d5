package org.wattmark.server.house.planted.server;

/// A command, which no capability may know.
public record Verify() {}
