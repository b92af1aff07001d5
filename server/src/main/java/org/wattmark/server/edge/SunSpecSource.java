package org.wattmark.server.edge;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.server.edge.SunSpecBlock.Unreadable;

/// An inverter or meter that speaks SunSpec over Modbus TCP. It is only read, never written.
///
/// The connection stands for one look alone: many inverters have room for one client, and nearly
/// all switch off at night.
final class SunSpecSource implements Source {

    /// Where the map may begin (SunSpec Device Information Model Specification 1.2, 6.1), in the
    /// order in which devices mostly have it.
    private static final List<Integer> BASES = List.of(40_000, 0, 50_000);

    /// Units that are tried where none is named: what makers set at the factory.
    private static final List<Integer> USUAL_UNITS =
            List.of(1, 126, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 240, 247);

    /// `SunS` in ASCII.
    private static final int MARKER = 0x53756e53;

    private static final int END = 0xffff;
    private static final int COMMON = 1;
    private static final int COMMON_LENGTH = 64;

    /// More than any device has; it ends a walk over registers that are no map.
    private static final int MOST_MODELS = 100;

    private static final int LAST_REGISTER = 65_535;

    private final String host;
    private final int port;
    private final List<Integer> units;
    private final Duration patience;
    private @Nullable SunSpecMap map;
    private @Nullable ExternalId identity;

    /// Where the models of a device lie.
    ///
    /// @param models addresses of the models' ids, and their lengths, by id; the first of each
    private record SunSpecMap(int unit, TreeMap<Integer, Place> models) {

        record Place(int address, int length) {}
    }

    /// @param unit null to find it
    SunSpecSource(String host, int port, @Nullable Integer unit, Duration patience) {
        this.host = host;
        this.port = port;
        this.units = unit == null ? USUAL_UNITS : List.of(unit);
        this.patience = patience;
    }

    @Override
    public Look look(Instant now) {
        try {
            var client = client();
            try (var _ = client.open()) {
                return read(client, now);
            }
        } catch (ModbusException e) {
            map = null; // whoever comes back may be another device, or have other firmware
            return new Look.Nothing(host + ":" + port + " does not answer: " + reason(e));
        } catch (Unreadable e) {
            return new Look.Nothing(String.valueOf(e.getMessage()));
        }
    }

    private ModbusTcpClient client() {
        var transport =
                NettyTcpClientTransport.create(it -> {
                    it.hostname = host;
                    it.port = port;
                    it.connectTimeout = patience;
                    it.connectPersistent = false;
                });
        return ModbusTcpClient.create(transport, it -> it.requestTimeout = patience);
    }

    private static String reason(ModbusException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private Look read(ModbusTcpClient client, Instant now) throws ModbusException, Unreadable {
        var found = map == null ? find(client) : map;
        map = found;
        var counts = new ArrayList<Count>();
        Long watts = null;
        var missing = new ArrayList<String>();
        for (var layout : SunSpecLayout.chosen(List.copyOf(found.models().keySet()))) {
            var block = block(client, found, layout);
            for (var energy : layout.energies()) {
                try {
                    var counter = energy.reader().read(block);
                    counts.add(
                            Count.of(
                                    energy.channel(),
                                    now,
                                    counter.wattHours(),
                                    counter.rollsOverAt()));
                } catch (Unreadable e) {
                    missing.add(String.valueOf(e.getMessage()));
                }
            }
            watts = watts == null ? layout.watts(block).orElse(null) : watts;
        }
        if (!counts.isEmpty()) {
            return new Look.Seen(counts, watts);
        }
        return new Look.Nothing(
                missing.isEmpty()
                        ? "models "
                                + found.models().keySet()
                                + " tell no energy; 101-103, 111-113, 201-204 or 701 would"
                        : String.join("; ", missing));
    }

    private SunSpecBlock block(ModbusTcpClient client, SunSpecMap found, SunSpecLayout layout)
            throws ModbusException, Unreadable {
        int model = found.models().keySet().stream().filter(layout::fits).findFirst().orElseThrow();
        var place = found.models().get(model);
        if (place == null || place.length() < layout.length()) {
            throw new Unreadable(
                    "model "
                            + model
                            + " has fewer registers than the "
                            + layout.length()
                            + " that are read");
        }
        var registers = registers(client, found.unit(), place.address(), 2 + layout.length());
        if (word(registers, 0) != model || word(registers, 1) != place.length()) {
            map = null;
            throw new Unreadable("model " + model + " is not where it was: the map is read anew");
        }
        return new SunSpecBlock(model, registers.slice(4, 2 * layout.length()));
    }

    private SunSpecMap find(ModbusTcpClient client) throws ModbusException, Unreadable {
        ModbusException last = null;
        for (int unit : units) {
            try {
                var base = base(client, unit);
                if (base.isPresent()) {
                    return walk(client, unit, base.get());
                }
            } catch (ModbusException e) {
                last = e; // a unit that is not there does not answer
            }
        }
        if (last != null) {
            throw last;
        }
        throw new Unreadable(
                "no SunSpec map (\"SunS\") at registers " + BASES + " of the units " + units);
    }

    private static Optional<Integer> base(ModbusTcpClient client, int unit)
            throws ModbusException, Unreadable {
        for (int base : BASES) {
            if (beginsAt(client, unit, base)) {
                return Optional.of(base);
            }
        }
        return Optional.empty();
    }

    private static boolean beginsAt(ModbusTcpClient client, int unit, int base)
            throws ModbusException, Unreadable {
        try {
            return registers(client, unit, base, 2).getInt(0) == MARKER;
        } catch (ModbusResponseException e) {
            return false; // there are no registers at this address
        }
    }

    private SunSpecMap walk(ModbusTcpClient client, int unit, int base)
            throws ModbusException, Unreadable {
        var models = new TreeMap<Integer, SunSpecMap.Place>();
        int address = base + 2;
        for (int i = 0; i < MOST_MODELS && address < LAST_REGISTER; i++) {
            var head = registers(client, unit, address, 2);
            int model = word(head, 0);
            int length = word(head, 1);
            if (model == END) {
                return new SunSpecMap(unit, models);
            }
            models.putIfAbsent(model, new SunSpecMap.Place(address, length));
            if (model == COMMON && length >= COMMON_LENGTH) {
                identity = identity(registers(client, unit, address + 2, COMMON_LENGTH));
            }
            address += 2 + length;
        }
        throw new Unreadable("the SunSpec map of unit " + unit + " has no end (0xFFFF)");
    }

    /// Maker, model and serial number of the common model.
    private static @Nullable ExternalId identity(ByteBuffer registers) {
        var common = new SunSpecBlock(COMMON, registers);
        var serial = common.text(48, 16);
        return serial.isEmpty()
                ? null
                : new ExternalId(
                        "sunspec", common.text(0, 16) + "/" + common.text(16, 16) + "/" + serial);
    }

    private static ByteBuffer registers(ModbusTcpClient client, int unit, int address, int quantity)
            throws ModbusException, Unreadable {
        var answer =
                client.readHoldingRegisters(
                        unit, new ReadHoldingRegistersRequest(address, quantity));
        if (answer.registers().length != 2 * quantity) {
            throw new Unreadable(
                    answer.registers().length
                            + " bytes came for "
                            + quantity
                            + " registers at "
                            + address);
        }
        return ByteBuffer.wrap(answer.registers());
    }

    private static int word(ByteBuffer registers, int at) {
        return Short.toUnsignedInt(registers.getShort(2 * at));
    }

    @Override
    public Optional<ExternalId> identity() {
        return Optional.ofNullable(identity);
    }

    @Override
    public void close() {
        // The connection stands for one look alone.
    }
}
