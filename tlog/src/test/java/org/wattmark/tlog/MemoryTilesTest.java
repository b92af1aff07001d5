package org.wattmark.tlog;

class MemoryTilesTest extends TilesContract {

    @Override
    protected Tiles tiles() {
        return new MemoryTiles();
    }
}
