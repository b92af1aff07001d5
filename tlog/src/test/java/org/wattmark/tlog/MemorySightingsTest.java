package org.wattmark.tlog;

class MemorySightingsTest extends SightingsContract {

    @Override
    protected Sightings sightings() {
        return new MemorySightings();
    }
}
