package io.coordination.benchmarks.peers;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.util.FileSystemUtils;

/** Says what it hears, in a Tomcat with as many threads as a hub has. */
final class EchoServer {

    private static final int THREADS = 4;

    private final Tomcat tomcat = new Tomcat();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final java.nio.file.Path directory;
    private final Connector connector;

    EchoServer() throws IOException, LifecycleException {
        directory = Files.createTempDirectory("echo-");
        Http11NioProtocol protocol = new Http11NioProtocol();
        protocol.setExecutor(threads);
        protocol.setAddress(InetAddress.getLoopbackAddress());
        connector = new Connector(protocol);
        connector.setPort(0);
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), Set.of());
        Tomcat.addServlet(context, "echo", new Door()).addMapping("/");
        tomcat.start();
    }

    URI address() {
        return URI.create(
                "ws://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + connector.getLocalPort() + "/echo");
    }

    void close() throws IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static final class Door extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            ServerContainer container =
                    (ServerContainer) getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
            ServerEndpointConfig config =
                    ServerEndpointConfig.Builder.create(Echo.class, "/echo").build();
            try {
                container.upgradeHttpToWebSocket(request, response, config, Map.of());
            } catch (DeploymentException e) {
                throw new ServletException(e);
            }
        }
    }

    /** Made by Tomcat. */
    public static final class Echo extends Endpoint {

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            // Answered before the next is read: a client has one question under way
            RemoteEndpoint.Basic out = session.getBasicRemote();
            session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) (bytes, last) -> {
                try {
                    out.sendBinary(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        @Override
        public void onError(Session session, Throwable failure) {
            if (!(failure instanceof EOFException)) { // which is how a client goes
                System.err.println("The echo fails: " + failure);
            }
        }
    }
}
