package org.wattmark.server.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// A network in between that sometimes cuts a connection in the middle of an exchange. It speaks as
/// much HTTP/1.1 as it takes to know where a message ends.
final class CuttingProxy implements AutoCloseable {

    /// When the connection is cut.
    enum Cut {
        NEVER,
        BEFORE_THE_REQUEST,
        AFTER_THE_REQUEST,
        IN_THE_ANSWER
    }

    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder cuts = new LongAdder();
    private final Supplier<Cut> next;
    private volatile int serverPort;

    /// @param next what happens to the next exchange; any thread may ask
    CuttingProxy(int serverPort, Supplier<Cut> next) throws IOException {
        this.serverPort = serverPort;
        this.next = next;
        this.listening = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    long cuts() {
        return cuts.sum();
    }

    void leadTo(int port) {
        serverPort = port;
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                threads.execute(() -> carry(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void carry(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            while (exchange(client, server)) {
                // and the next
            }
        } catch (IOException e) {
            // either side has gone, and so does the other
        }
    }

    /// @return whether another may follow on the same connection
    private boolean exchange(Socket client, Socket server) throws IOException {
        var request = message(client.getInputStream());
        if (request.length == 0) {
            return false;
        }
        var cut = next.get();
        if (cut != Cut.NEVER) {
            cuts.increment();
        }
        if (cut == Cut.BEFORE_THE_REQUEST) {
            return false;
        }
        server.getOutputStream().write(request);
        server.getOutputStream().flush();
        if (cut == Cut.AFTER_THE_REQUEST) {
            return false;
        }
        var answer = message(server.getInputStream());
        int length = cut == Cut.IN_THE_ANSWER ? answer.length / 2 : answer.length;
        client.getOutputStream().write(answer, 0, length);
        client.getOutputStream().flush();
        return length > 0 && length == answer.length;
    }

    /// One whole message; empty at the end of the stream.
    private static byte[] message(InputStream in) throws IOException {
        var message = new ByteArrayOutputStream();
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.append((char) next);
            message.write(next);
        }
        var fields = head.toString().toLowerCase(Locale.ROOT);
        if (fields.contains("transfer-encoding: chunked")) {
            readChunks(in, message);
        } else {
            message.write(in.readNBytes(lengthIn(fields)));
        }
        return message.toByteArray();
    }

    private static int lengthIn(String fields) {
        int at = fields.indexOf("content-length:");
        return at < 0
                ? 0
                : Integer.parseInt(
                        fields.substring(
                                        at + "content-length:".length(), fields.indexOf("\r\n", at))
                                .strip());
    }

    private static void readChunks(InputStream in, ByteArrayOutputStream message)
            throws IOException {
        int size;
        do {
            var line = new ByteArrayOutputStream();
            int next;
            do {
                next = in.read();
                line.write(next);
            } while (next >= 0 && next != '\n');
            message.write(line.toByteArray());
            var text = line.toString(StandardCharsets.US_ASCII).strip();
            size = text.isEmpty() ? 0 : Integer.parseInt(text, 16);
            message.write(in.readNBytes(size + 2));
        } while (size > 0);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
