package io.coordination.stomp;

import io.coordination.channel.Cause;
import io.coordination.channel.LinkException;
import io.coordination.channel.Pipe;
import io.coordination.channel.Transport;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.ClassUtils;

/**
 * Pipes as STOMP 1.2 over WebSocket. It dials with the JDK alone; to listen it needs Tomcat on the class path, of which it starts
 * one of its own, apart from the application's server.
 *
 * <p>Threads: any. Its own are daemons named {@code coordination-link} and {@code coordination-hub}. Errors: {@code dial} reports
 * them to the listener, {@code listen} throws {@link LinkException}.
 */
public final class StompTransport implements Transport {

    /** Where a hub is found. */
    static final String PATH = "/coordination";

    private static final int DIALER_THREADS = 2;
    private static final int HUB_THREADS = 4;

    /**
     * How a transport is set up.
     *
     * @param port where to listen; 0 for any that is free
     * @param address of the interface to listen at; null for all
     * @param tls with a certificate of this process and the ones that it trusts, for both directions; null for none
     * @param executor for dialing; null for threads of its own
     */
    public record Settings(
            int port,
            @Nullable InetAddress address,
            @Nullable SslBundle tls,
            @Nullable Executor executor) {

        public Settings {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("A port is 0 to 65535, but was " + port + ".");
            }
        }

        /** Without TLS, at all interfaces, with threads of its own. */
        public static Settings ofPort(int port) {
            return new Settings(port, null, null, null);
        }
    }

    /**
     * Told who was refused before there was a pipe.
     *
     * <p>Threads: those of the hub. Blocking: must not, and must not throw.
     */
    @FunctionalInterface
    public interface Refusals {

        /**
         * Somebody was refused.
         *
         * @param cause the kind, for counting
         * @param reason in words
         * @param remote where it came from
         */
        void refused(Cause cause, String reason, String remote);
    }

    private final Settings settings;
    private final Refusals refusals;
    private final StompCodec codec = new StompCodec();
    private final ScheduledExecutorService timer = LinkThreads.timer("coordination-link-timer");
    private final JdkDialer dialer;
    private final @Nullable ThreadPoolExecutor ownThreads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable ThreadPoolExecutor hubThreads;
    private volatile @Nullable Hub hub;

    /**
     * A transport that does nothing yet.
     *
     * @throws LinkException if the SSL bundle lacks a certificate or whom to trust
     */
    public StompTransport(Settings settings, Refusals refusals) {
        requireBothStores(settings.tls());
        this.settings = settings;
        this.refusals = refusals;
        Executor executor = settings.executor();
        ThreadPoolExecutor own = null;
        if (executor == null) {
            own = LinkThreads.pool("coordination-link", DIALER_THREADS);
            executor = own;
        }
        this.ownThreads = own;
        SslBundle tls = settings.tls();
        this.dialer =
                new JdkDialer(tls == null ? null : tls.createSslContext(), new LinkThreads(executor, timer), codec);
    }

    private static void requireBothStores(@Nullable SslBundle tls) {
        if (tls == null) {
            return;
        } else if (tls.getStores().getKeyStore() == null) {
            throw new LinkException(
                    "The SSL bundle of the links has no certificate for this instance. Configure its keystore.", null);
        } else if (tls.getStores().getTrustStore() == null) {
            throw new LinkException(
                    "The SSL bundle of the links does not say which certificates it trusts, so that one of any public authority"
                            + " would do. Configure its truststore.",
                    null);
        }
    }

    /**
     * The port it listens at.
     *
     * @throws IllegalStateException if it does not listen
     */
    public int port() {
        Hub listening = hub;
        if (listening == null) {
            throw new IllegalStateException("It does not listen. Call listen(...) first.");
        }
        return listening.port();
    }

    @Override
    public void listen(Acceptor acceptor) {
        if (hub != null || closed.get()) {
            throw new IllegalStateException("It listens already, or is closed.");
        } else if (!ClassUtils.isPresent(
                "org.apache.tomcat.websocket.server.WsSci", getClass().getClassLoader())) {
            throw new LinkException(
                    "Other instances cannot dial in without Tomcat: add the dependency spring-boot-starter-websocket.",
                    null);
        }
        ThreadPoolExecutor pool = LinkThreads.pool("coordination-hub", HUB_THREADS);
        hubThreads = pool;
        HubPipes pipes = new HubPipes(acceptor, refusals, new LinkThreads(pool, timer), codec);
        hub = TomcatHub.start(settings, pipes, pool);
    }

    @Override
    public void dial(URI address, Pipe.Listener listener) {
        dialer.dial(address, listener);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        dialer.close();
        Hub listening = hub;
        if (listening != null) {
            listening.close();
        }
        shutDown(timer);
        shutDown(hubThreads);
        shutDown(ownThreads);
    }

    private static void shutDown(@Nullable ExecutorService threads) {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
