package io.coordination.stomp;

import io.coordination.channel.LinkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.core.StandardService;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.websocket.server.WsSci;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;

/**
 * A Tomcat of its own, on a port of its own, with threads of its own. Blocked request threads, filters and the graceful shutdown
 * of the application's server do not touch it. Put together from its parts, because the class {@code Tomcat} sets system
 * properties, which another Tomcat in this process would read.
 */
final class TomcatHub implements Hub {

    private static final String NAME = "coordination-hub";
    private static final int NO_PORT_FOR_SHUTDOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(TomcatHub.class);

    private final StandardServer server = new StandardServer();
    private final Connector connector;
    private final HubPipes pipes;
    private final Path directory;
    private int port;

    private TomcatHub(StompTransport.Settings settings, HubPipes pipes, ThreadPoolExecutor threads) {
        this.pipes = pipes;
        this.directory = emptyDirectory();
        this.connector = connector(settings, threads);
        server.setPort(NO_PORT_FOR_SHUTDOWN);
        server.setCatalinaHome(directory.toFile());
        server.setCatalinaBase(directory.toFile());
        server.setUtilityThreads(1);
        server.setUtilityThreadsAsDaemon(true);
        server.setPeriodicEventDelay(0);
        for (LifecycleListener naming : server.findLifecycleListeners()) {
            server.removeLifecycleListener(naming);
        }
        StandardService service = new StandardService();
        service.setName(NAME);
        service.setContainer(engine(host(context())));
        service.addConnector(connector);
        server.addService(service);
    }

    /** Bound and serving when this returns. */
    static Hub start(StompTransport.Settings settings, HubPipes pipes, ThreadPoolExecutor threads) {
        TomcatHub hub = new TomcatHub(settings, pipes, threads);
        try {
            hub.server.start();
            hub.port = hub.connector.getLocalPort();
        } catch (LifecycleException e) {
            hub.close();
            throw new LinkException(
                    "Other instances cannot dial in at port " + settings.port() + ": " + deepest(e)
                            + ". If another program or instance has the port, set coordination.peers.port to a free one.",
                    e);
        }
        return hub;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getRootCause(failure);
        return Words.failure(cause == null ? failure : cause);
    }

    private static Connector connector(StompTransport.Settings settings, ThreadPoolExecutor threads) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        Connector connector = new Connector(protocol);
        connector.setPort(settings.port());
        connector.setThrowOnFailure(true);
        connector.setXpoweredBy(false);
        protocol.setExecutor(threads);
        if (settings.address() != null) {
            protocol.setAddress(settings.address());
        }
        int timeout = (int) Limits.CONNECT.toMillis();
        protocol.setConnectionTimeout(timeout);
        protocol.setMaxConnections(Limits.CONNECTIONS);
        protocol.setMaxHttpHeaderSize(Limits.HEAD_BYTES);
        if (settings.tls() != null) {
            HubTls.use(settings.tls(), connector, protocol);
        }
        return connector;
    }

    private static StandardEngine engine(StandardHost host) {
        StandardEngine engine = new StandardEngine();
        engine.setName(NAME);
        engine.setDefaultHost(host.getName());
        engine.setBackgroundProcessorDelay(-1);
        engine.addChild(host);
        return engine;
    }

    private static StandardHost host(StandardContext context) {
        StandardHost host = new StandardHost();
        host.setName("localhost");
        host.setAutoDeploy(false);
        // Its pages of errors name the server and its version
        host.setErrorReportValveClass(null);
        host.addChild(context);
        return host;
    }

    private StandardContext context() {
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setUseNaming(false);
        context.setLoader(new HubLoader());
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.setConfigured(true);
            }
        });
        StandardManager sessions = new StandardManager();
        sessions.setPathname(null);
        context.setManager(sessions);
        context.addServletContainerInitializer(new WsSci(), Set.of());
        Tomcat.addServlet(context, "hub", new HubServlet(pipes)).addMapping("/");
        return context;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        pipes.close();
        try {
            server.stop();
            server.destroy();
        } catch (LifecycleException e) {
            LOG.warn("The hub did not stop in order.", e);
        }
        deleteDirectory();
    }

    /** Tomcat insists on one, but writes nothing into it. */
    private static Path emptyDirectory() {
        try {
            return Files.createTempDirectory("coordination-hub-");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The hub needs a directory for temporary files. Set java.io.tmpdir to one.", e);
        }
    }

    private void deleteDirectory() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            LOG.warn("The directory {} of the hub was not deleted.", directory, e);
        }
    }
}
