package org.wattmark.metering;

/// A batch with its device's signature over the batch's canonical bytes.
public record SignedBatch(ReadingBatch batch, DeviceSignature signature) {}
