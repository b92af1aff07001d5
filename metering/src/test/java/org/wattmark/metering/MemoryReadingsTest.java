package org.wattmark.metering;

class MemoryReadingsTest extends ReadingsContract {

    @Override
    protected Readings readings() {
        return new MemoryReadings();
    }
}
