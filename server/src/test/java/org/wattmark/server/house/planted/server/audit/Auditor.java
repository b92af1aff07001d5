package org.wattmark.server.house.planted.server.audit;

import org.wattmark.server.house.planted.server.Verify;
import org.wattmark.server.house.planted.server.log.Reader;

/// Planted: it knows who knows it, and a command besides.
public record Auditor(Reader reader, Verify command) {}
