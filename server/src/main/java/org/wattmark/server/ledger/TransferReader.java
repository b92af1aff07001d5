package org.wattmark.server.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Leg;
import org.wattmark.ledger.PostLinked;
import org.wattmark.server.problem.Problem;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the body of a bulk request token by token: there are thousands of items in one, and data
/// binding would cost more than all that the ledger does with them.
///
/// What is wrong with an item is told with its outcome. Only what is wrong with the request as a
/// whole is thrown: what is no JSON, or too many items.
final class TransferReader {

    private static final JsonFactory JSON = new JsonFactory();

    /// What a fault shows of a value.
    private static final int LONGEST_VALUE = 100;

    private final JsonParser json;
    private final int most;

    /// Few accounts and assets take part in many transfers: each is read and checked once.
    private final Map<String, AccountId> accounts = new HashMap<>();

    private final Map<String, Asset> assets = new HashMap<>();

    private final TransferFields item = new TransferFields();
    private final TransferFields leg = new TransferFields();
    private int transfers;
    private @Nullable String fault;

    /// @param most how many transfers the request may have, each leg of a linked group counted
    TransferReader(byte[] body, int most) {
        this.json = JSON.createParser(ObjectReadContext.empty(), body);
        this.most = most;
    }

    /// All items, in their order.
    List<TransferItem> read() {
        var items = new ArrayList<TransferItem>();
        try (json) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("", "is not an object");
            }
            boolean found = false;
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                if (!name.equals("transfers") || found) {
                    throw invalid("/" + name, found ? "stands twice" : "is unknown");
                }
                found = true;
                readItems(items);
            }
            if (!found) {
                throw invalid("/transfers", "is missing");
            }
            if (json.nextToken() != null) {
                throw invalid("", "goes on behind its end");
            }
        }
        return items;
    }

    private void readItems(List<TransferItem> items) {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw invalid("/transfers", "is not a list");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            count();
            items.add(readItem(items.size()));
        }
        if (items.isEmpty()) {
            throw invalid("/transfers", "is empty");
        }
    }

    private void count() {
        transfers++;
        if (transfers > most) {
            throw invalid("/transfers", "has more than " + most + " transfers; send them in parts");
        }
    }

    private TransferItem readItem(int index) {
        item.clear();
        readObject(item);
        var command = item.command();
        var wrong = item.fault("");
        if (wrong == null) {
            return new TransferItem.Wish(Objects.requireNonNull(command));
        }
        return new TransferItem.Faulty(
                item.id(), Objects.requireNonNull(item.fault("/transfers/" + index)));
    }

    private void readObject(TransferFields into) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            into.fault(TransferFault.INVALID, "", "is not an object");
            return;
        }
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            into.read(name, this);
        }
    }

    /// The legs of a linked group. Each counts as a transfer, and the group as none.
    List<Leg> legs() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            fault = "is not a list";
            return passOver(List.of());
        }
        var legs = new ArrayList<Leg>();
        transfers--;
        String wrong = null;
        int index = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; index++) {
            count();
            leg.clear();
            readObject(leg);
            var read = leg.leg();
            var why = leg.fault("");
            if (why != null && wrong == null) {
                wrong = "leg " + index + ": " + why.pointer() + " " + why.message();
            } else if (read != null) {
                legs.add(read);
            }
        }
        if (wrong == null && (index == 0 || index > PostLinked.MAX_LEGS)) {
            wrong = "has 1 to " + PostLinked.MAX_LEGS + " legs, not " + index;
        }
        fault = wrong;
        return legs;
    }

    /// What is wrong with the value that was read last; null if nothing is.
    @Nullable String takeFault() {
        var wrong = fault;
        fault = null;
        return wrong;
    }

    /// Leaves the value unread, whatever it is.
    <T extends @Nullable Object> T passOver(T instead) {
        json.skipChildren();
        return instead;
    }

    @Nullable UUID id() {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            faulty("is not a UUID");
            return null;
        }
        var id =
                Uuids.parse(
                        json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
        if (id == null) {
            faulty("is not a UUID");
        }
        return id;
    }

    @Nullable AccountId account() {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            faulty("is not an account's id");
            return null;
        }
        var text = json.getString();
        var known = accounts.get(text);
        if (known == null) {
            try {
                known = new AccountId(text);
            } catch (IllegalArgumentException e) {
                faulty("is not an account's id, 1 to 91 of a-z, 0-9, ':', '.', '/', '-'");
                return null;
            }
            accounts.put(text, known);
        }
        return known;
    }

    @Nullable Asset asset() {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            faulty("is not an asset's code");
            return null;
        }
        var text = json.getString();
        var known = assets.get(text);
        if (known == null) {
            try {
                known = new Asset(text);
            } catch (IllegalArgumentException e) {
                faulty("is not an asset's code, such as money:EUR");
                return null;
            }
            assets.put(text, known);
        }
        return known;
    }

    /// A whole number; 0, and a fault, if it is none or out of range.
    long number(long least, long most) {
        boolean whole =
                json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        long value = whole ? json.getLongValue() : 0;
        if (!whole || value < least || value > most) {
            faulty("is not a whole number from " + least + " to " + most);
            return 0;
        }
        return value;
    }

    <E extends Enum<E>> @Nullable E oneOf(List<E> values) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            var text = json.getString();
            for (var value : values) {
                if (value.name().equals(text)) {
                    return value;
                }
            }
        }
        faulty("is not one of " + values);
        return null;
    }

    private void faulty(String message) {
        var isValue = json.currentToken().isScalarValue();
        var text = isValue ? json.getString() : json.currentToken().name();
        var shown = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
        json.skipChildren();
        fault = "'" + shown + "' " + message;
    }

    private static RuntimeException invalid(String pointer, String message) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        TransferFault.INVALID,
                        (pointer.isEmpty() ? "The body" : pointer) + " " + message + ".")
                .at(pointer, message)
                .asException();
    }
}
