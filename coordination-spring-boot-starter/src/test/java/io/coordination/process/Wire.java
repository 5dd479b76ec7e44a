package io.coordination.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What lies between a node and another that it dials: a port of its own that passes everything on, unless it is cut or silent.
 * What is under way when it falls silent arrives when it is healed, as on a network that sends again. Safe for any thread.
 */
final class Wire implements AutoCloseable {

    private static final int BUFFER = 4_096;

    private final ServerSocket server;
    private final int target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> sockets = new HashSet<>();
    private boolean cut;
    private boolean silentThere;
    private boolean silentBack;

    Wire(int port, int target) {
        this.target = target;
        try {
            server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Closes what is open, and whatever is opened until it is healed. */
    void cut() {
        lock.lock();
        try {
            cut = true;
            sockets.forEach(Wire::close);
            sockets.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing through, and tells neither end. */
    void silence(boolean there, boolean back) {
        lock.lock();
        try {
            silentThere = there;
            silentBack = back;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void heal() {
        lock.lock();
        try {
            cut = false;
        } finally {
            lock.unlock();
        }
        silence(false, false);
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket dialer = server.accept();
                if (add(dialer)) {
                    start("connect", () -> connect(dialer));
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket dialer) {
        if (!mayPass(true, dialer)) {
            return;
        }
        try {
            Socket acceptor = new Socket(InetAddress.getLoopbackAddress(), target);
            if (add(acceptor)) {
                start("there", () -> pass(dialer, acceptor, true));
                pass(acceptor, dialer, false);
            }
        } catch (IOException nobodyListens) {
            remove(dialer);
        }
    }

    private void pass(Socket from, Socket to, boolean there) {
        byte[] buffer = new byte[BUFFER];
        try {
            int read = from.getInputStream().read(buffer);
            while (mayPass(there, to) && read >= 0) {
                to.getOutputStream().write(buffer, 0, read);
                read = from.getInputStream().read(buffer);
            }
        } catch (IOException oneEndHasGone) {
            // The other one hears of it as soon as anything gets through
            mayPass(there, to);
        } finally {
            remove(from);
            remove(to);
        }
    }

    /** Waits while it is silent; false when the connection was closed. */
    private boolean mayPass(boolean there, Socket socket) {
        lock.lock();
        try {
            while ((there ? silentThere : silentBack) && !socket.isClosed()) {
                changed.awaitUninterruptibly();
            }
            return !socket.isClosed();
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        lock.lock();
        try {
            if (cut) {
                close(socket);
                return false;
            }
            return sockets.add(socket);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Socket socket) {
        lock.lock();
        try {
            close(socket);
            sockets.remove(socket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String what, Runnable task) {
        Thread thread = new Thread(task, "wire-" + what);
        thread.setDaemon(true);
        thread.start();
    }
}
