package org.wattmark.registry;

import java.util.UUID;

/// Which of a project's designs, from 1.
public record DesignKey(UUID project, int number) {}
