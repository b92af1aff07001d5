package org.wattmark.server.metering;

import org.wattmark.metering.RegisterProgress;

/// How far a register has come, and by which entry.
record RegisterState(RegisterProgress progress, long receipt) {}
