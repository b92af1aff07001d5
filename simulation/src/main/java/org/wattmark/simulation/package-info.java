/// Small worlds from a seed: the real plain modules under every fault that a server, a store, a
/// network and a clock can have, judged after each step by a model too simple to be wrong.
@NullMarked
package org.wattmark.simulation;

import org.jspecify.annotations.NullMarked;
