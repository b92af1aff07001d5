package org.wattmark.simulation;

/// A process dies here. It is an [Error] so that no code takes it for something that can be
/// handled.
final class Crash extends Error {

    Crash(String where) {
        super(where, null, false, false);
    }
}
