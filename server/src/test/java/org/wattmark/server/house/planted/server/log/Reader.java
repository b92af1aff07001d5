package org.wattmark.server.house.planted.server.log;

import org.wattmark.server.house.planted.server.audit.Auditor;

/// Planted: it knows who knows it.
public record Reader(Auditor auditor) {}
