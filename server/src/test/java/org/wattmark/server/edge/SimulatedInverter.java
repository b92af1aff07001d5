package org.wattmark.server.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadOnlyModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/// A SunSpec device on a real Modbus TCP port. Addresses that no model has are refused with
/// "illegal data address", as devices do; a unit that is not there does not answer.
final class SimulatedInverter implements AutoCloseable {

    private static final int ILLEGAL_DATA_ADDRESS = 2;
    private static final int READ_HOLDING_REGISTERS = 3;

    final int port;
    private final int unit;
    private final int base;
    private final ProcessImage image = new ProcessImage();
    private final TreeMap<Integer, Integer> models = new TreeMap<>();
    private int end;
    private ModbusTcpServer server;

    SimulatedInverter(int unit, int base) {
        this.port = freePort();
        this.unit = unit;
        this.base = base;
        end = base + 2;
        words(base, 0x5375, 0x6e53);
        server = serve();
    }

    /// With the common model and a three-phase inverter, which has counted this much.
    static SimulatedInverter threePhase(long wattHours) {
        return new SimulatedInverter(1, 40_000)
                .with(1, 66)
                .text(1, 0, "Sunny Works")
                .text(1, 16, "SW-6000")
                .text(1, 48, "4711-0815")
                .with(103, 50)
                .counts(wattHours)
                .gives(1_234);
    }

    /// Adds a model, all of whose registers are 0.
    SimulatedInverter with(int model, int length) {
        models.put(model, end + 2);
        words(end, model, length);
        for (int i = 0; i < length; i++) {
            words(end + 2 + i, 0);
        }
        end += 2 + length;
        words(end, 0xffff, 0);
        return this;
    }

    SimulatedInverter text(int model, int at, String text) {
        var bytes = text.getBytes(US_ASCII);
        for (int i = 0; i < bytes.length; i += 2) {
            int low = i + 1 < bytes.length ? bytes[i + 1] : 0;
            words(address(model) + at + i / 2, bytes[i] << 8 | low);
        }
        return this;
    }

    SimulatedInverter put(int model, int at, int... words) {
        words(address(model) + at, words);
        return this;
    }

    SimulatedInverter put32(int model, int at, long number) {
        return put(model, at, (int) (number >>> 16) & 0xffff, (int) number & 0xffff);
    }

    SimulatedInverter put64(int model, int at, long number) {
        return put32(model, at, number >>> 32).put32(model, at + 2, number);
    }

    SimulatedInverter putFloat(int model, int at, float number) {
        return put32(model, at, Float.floatToRawIntBits(number));
    }

    /// The energy of the three-phase inverter.
    SimulatedInverter counts(long wattHours) {
        return put32(103, 22, wattHours);
    }

    SimulatedInverter gives(int watts) {
        return put(103, 12, watts);
    }

    private int address(int model) {
        return Optional.ofNullable(models.get(model)).orElseThrow();
    }

    private void words(int address, int... words) {
        image.with(it ->
                it.writeHoldingRegisters(registers -> {
                    for (int i = 0; i < words.length; i++) {
                        var bytes = ByteBuffer.allocate(2).putShort((short) words[i]).array();
                        registers.put(address + i, bytes);
                    }
                }));
    }

    /// The sun sets: the port is closed.
    void switchOff() {
        try {
            server.stop();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void switchOn() {
        server = serve();
    }

    private ModbusTcpServer serve() {
        var transport =
                NettyTcpServerTransport.create(it -> {
                    it.bindAddress = "127.0.0.1";
                    it.port = port;
                });
        var served = ModbusTcpServer.create(transport, new Registers());
        try {
            served.start();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return served;
    }

    private final class Registers implements ModbusServices {

        private final ReadOnlyModbusServices all =
                new ReadOnlyModbusServices() {
                    @Override
                    protected Optional<ProcessImage> getProcessImage(int unitId) {
                        return unitId == unit ? Optional.of(image) : Optional.empty();
                    }
                };

        @Override
        public ReadHoldingRegistersResponse readHoldingRegisters(
                ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            if (unitId == unit
                    && (request.address() < base
                            || request.address() + request.quantity() > end + 2)) {
                throw new ModbusResponseException(READ_HOLDING_REGISTERS, ILLEGAL_DATA_ADDRESS);
            }
            return all.readHoldingRegisters(context, unitId, request);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        switchOff();
    }
}
