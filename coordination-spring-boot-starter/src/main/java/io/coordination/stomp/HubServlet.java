package io.coordination.stomp;

import io.coordination.channel.Cause;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Everything that HTTP has to say on the port of the hub: the door to the WebSocket, and nothing else. */
final class HubServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final transient HubPipes pipes;

    HubServlet(HubPipes pipes) {
        this.pipes = pipes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        HubPipes.Caller caller = new HubPipes.Caller(
                request.getRemoteAddr() + ":" + request.getRemotePort(), request.getAttribute(CERTIFICATES) != null);
        if (!request.getRequestURI().equals(StompTransport.PATH)) {
            answer(response, HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getHeader("Origin") != null) {
            pipes.refused(Cause.ORIGIN, "Browsers are not let in: the request has an Origin.", caller);
            answer(response, HttpServletResponse.SC_FORBIDDEN);
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            answer(response, 426);
        } else if (!pipes.hasRoom()) {
            pipes.refused(Cause.TOO_MANY, HubPipes.FULL, caller);
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            upgrade(request, response, caller);
        }
    }

    private static void answer(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentLength(0);
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response, HubPipes.Caller caller)
            throws IOException, ServletException {
        ServerContainer container =
                (ServerContainer) getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(HubEndpoint.class, StompTransport.PATH)
                .subprotocols(List.of(StompVersion.SUB_PROTOCOL))
                .configurator(new Door(caller))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    private final class Door extends ServerEndpointConfig.Configurator {

        private final HubPipes.Caller caller;

        Door(HubPipes.Caller caller) {
            this.caller = caller;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new HubEndpoint(pipes, caller));
        }

        /** None: what is compressed may become far larger than what was let in. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }
}
