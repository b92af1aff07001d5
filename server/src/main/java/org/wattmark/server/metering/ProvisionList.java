package org.wattmark.server.metering;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.CsvTable;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.MakerProvision;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.TableRow;
import org.wattmark.server.metering.DevicesProvisioned.Deposit;
import org.wattmark.server.metering.MakerEndpoints.QrCode;

/// A maker's list of devices, with the places of its entries to point at.
final class ProvisionList {

    private static final List<String> COLUMNS = List.of("device", "key", "model", "serial");
    private static final String SECRET = "secret_sha256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Deposit> deposits = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<QrCode> drawn = new ArrayList<>();

    private ProvisionList() {}

    /// @param device the id in its packets, 64 hexadecimal digits
    /// @param key its Ed25519 public key, 64 hexadecimal digits
    /// @param secretSha256 of the 32 bytes in its QR code; if it is left out, a secret is made
    record DeviceBody(
            String device, String key, String model, String serial, @Nullable String secretSha256) {

        DeviceBody {
            Fields.present("device", device);
            Fields.present("key", key);
            Fields.present("model", model);
            Fields.present("serial", serial);
        }
    }

    static ProvisionList of(List<DeviceBody> devices) {
        requireSize("/devices", devices.size());
        var list = new ProvisionList();
        for (int i = 0; i < devices.size(); i++) {
            list.add("/devices/" + i, devices.get(i));
        }
        return list;
    }

    static ProvisionList ofCsv(byte[] file) {
        try {
            var table = CsvTable.read(new ByteArrayInputStream(file), Optional.empty());
            table.fault()
                    .ifPresent(fault -> {
                        throw Fields.invalid("", fault);
                    });
            return ofRows(table.rows());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProvisionList ofRows(List<TableRow> rows) {
        var filled = rows.stream().filter(row -> !row.isBlank()).toList();
        requireSize("", filled.size() - 1);
        var header = header(filled.getFirst());
        var list = new ProvisionList();
        for (var row : filled.subList(1, filled.size())) {
            var secret = header.containsKey(SECRET) ? text(row, header, SECRET) : "";
            list.add(
                    "/line/" + row.line(),
                    new DeviceBody(
                            text(row, header, "device"),
                            text(row, header, "key"),
                            text(row, header, "model"),
                            text(row, header, "serial"),
                            secret.isEmpty() ? null : secret));
        }
        return list;
    }

    private static Map<String, Integer> header(TableRow first) {
        var header = new HashMap<String, Integer>();
        for (int i = 0; i < first.cells().size(); i++) {
            header.putIfAbsent(first.cells().get(i).text().toLowerCase(Locale.ROOT), i);
        }
        for (var column : COLUMNS) {
            if (!header.containsKey(column)) {
                throw Fields.invalid(
                        "/line/" + first.line(),
                        "the first line lacks the column " + column + "; it names " + COLUMNS);
            }
        }
        return header;
    }

    private static String text(TableRow row, Map<String, Integer> header, String column) {
        int at = header.getOrDefault(column, Integer.MAX_VALUE);
        return at < row.cells().size() ? row.cells().get(at).text() : "";
    }

    private static void requireSize(String pointer, int size) {
        if (size < 1 || size > DevicesProvisioned.MOST_DEVICES) {
            throw Fields.invalid(
                    pointer,
                    "a list has 1 to "
                            + DevicesProvisioned.MOST_DEVICES
                            + " devices, not "
                            + Math.max(size, 0));
        }
    }

    private void add(String place, DeviceBody body) {
        var device = Fields.at(place + "/device", () -> new MakerId(lower(body.device())));
        var key = Fields.at(place + "/key", () -> new DeviceKey(lower(body.key())));
        var given = body.secretSha256();
        var secret =
                given == null
                        ? draw(device)
                        : Fields.at(place + "/" + SECRET, () -> new Sha256(lower(given)));
        var provision = new MakerProvision(device, key, secret);
        deposits.add(Fields.at(place, () -> new Deposit(provision, body.model(), body.serial())));
        places.add(place);
    }

    private static String lower(String digits) {
        return digits.toLowerCase(Locale.ROOT);
    }

    private Sha256 draw(MakerId device) {
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        drawn.add(new QrCode(device.hex(), new BoxSecret(device, Nonce.of(secret)).text()));
        return Sha256.of(secret);
    }

    DevicesProvisioned of(UUID maker) {
        return new DevicesProvisioned(maker, deposits);
    }

    /// Secrets that were made here.
    List<QrCode> drawn() {
        return List.copyOf(drawn);
    }

    String place(int position) {
        return places.get(position);
    }
}
