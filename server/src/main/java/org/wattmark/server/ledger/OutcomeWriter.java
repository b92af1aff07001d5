package org.wattmark.server.ledger;

import java.io.OutputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Posting;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/// Writes the answer to a bulk request, outcome by outcome, as [TransferEndpoints.Outcomes]
/// describes it.
final class OutcomeWriter implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString STATUS = new SerializedString("status");
    private static final SerializedString POSTED = new SerializedString(TransferEndpoints.POSTED);
    private static final SerializedString REJECTED =
            new SerializedString(TransferEndpoints.REJECTED);
    private static final SerializedString RECEIPTS = new SerializedString("receipts");
    private static final SerializedString SEQUENCE = new SerializedString("sequence");
    private static final SerializedString LEAF_HASH = new SerializedString("leaf_hash");
    private static final SerializedString AMOUNTS = new SerializedString("amounts");

    private final JsonGenerator json;

    OutcomeWriter(OutputStream out) {
        json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
        json.writeStartObject().writeArrayPropertyStart("outcomes");
    }

    void write(UUID id, Posting outcome) {
        switch (outcome) {
            case Posting.Posted posted -> write(id, posted);
            case Posting.Rejected(var index, var reason) -> {
                begin(id, REJECTED);
                json.writeStringProperty("code", Rejections.code(reason));
                json.writeStringProperty("message", Rejections.message(reason));
                json.writeNumberProperty("leg", index);
                json.writeEndObject();
            }
        }
    }

    private void write(UUID id, Posting.Posted posted) {
        begin(id, POSTED);
        json.writeName(RECEIPTS).writeStartArray();
        for (var receipt : posted.receipts()) {
            json.writeStartObject()
                    .writeName(SEQUENCE)
                    .writeNumber(receipt.sequence())
                    .writeName(LEAF_HASH)
                    .writeString(receipt.leafHash())
                    .writeEndObject();
        }
        json.writeEndArray();
        if (!posted.amounts().isEmpty()) {
            json.writeName(AMOUNTS).writeStartArray();
            for (long amount : posted.amounts()) {
                json.writeNumber(amount);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    void write(@Nullable UUID id, TransferFault fault) {
        begin(id, REJECTED);
        json.writeStringProperty("code", fault.code());
        json.writeStringProperty("message", fault.message());
        if (fault.pointer() != null) {
            json.writeStringProperty("pointer", fault.pointer());
        }
        json.writeEndObject();
    }

    private void begin(@Nullable UUID id, SerializedString status) {
        json.writeStartObject();
        if (id != null) {
            json.writeName(ID).writeString(id.toString());
        }
        json.writeName(STATUS).writeString(status);
    }

    @Override
    public void close() {
        json.writeEndArray().writeEndObject();
        json.close();
    }
}
