package org.wattmark.tlog;

class MemoryCheckpointsTest extends CheckpointsContract {

    @Override
    protected Checkpoints checkpoints() {
        return new MemoryCheckpoints();
    }
}
