package io.coordination.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a port and counts the bytes that go through it, both ways. Ends with the connections. */
final class Relay {

    private final ServerSocket server;
    private final int to;
    private final AtomicLong bytes;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });

    private Relay(int to, AtomicLong bytes) throws IOException {
        this.to = to;
        this.bytes = bytes;
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** The port to be dialed instead. */
    static int before(int port, AtomicLong bytes) {
        try {
            Relay relay = new Relay(port, bytes);
            relay.threads.execute(relay::accept);
            return relay.server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket from = server.accept();
                threads.execute(() -> connect(from));
            } catch (IOException e) {
                System.err.println("A relay takes no more connections: " + e);
                return;
            }
        }
    }

    /** Whoever dials before there is anybody to be dialed dials again. */
    private void connect(Socket from) {
        try {
            Socket onward = new Socket(InetAddress.getLoopbackAddress(), to);
            from.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            threads.execute(() -> copy(from, onward));
            threads.execute(() -> copy(onward, from));
        } catch (IOException notYet) {
            close(from);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("A relay could not close a connection: " + e);
        }
    }

    private void copy(Socket from, Socket onward) {
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = from.getInputStream();
                OutputStream out = onward.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.addAndGet(read);
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // The other direction closed both; the links are told by what they speak.
            return;
        }
    }
}
