package io.coordination.sample.rush;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where this application listens: its buyers come over the network, like anybody else's. */
@Component
class OwnAddress {

    private volatile @Nullable Integer port;

    @EventListener
    void serverStarted(WebServerInitializedEvent event) {
        boolean managementPort = event.getApplicationContext().getServerNamespace() != null;
        if (!managementPort) {
            port = event.getWebServer().getPort();
        }
    }

    URI of(String pathAndQuery) {
        if (port == null) {
            throw new IllegalStateException("The web server does not listen yet. Come back when it has started.");
        }
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }
}
