package io.coordination.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/** An application with a STOMP broker of its own. */
class OwnBrokerTests {

    @Test
    void itsTopicsDeliverAndItsListenersHearNothingOfPeers() throws Exception {
        try (Cluster cluster = new Cluster(WithBroker.class, WebApplicationType.SERVLET)) {
            cluster.assertThatLocksHold();
            Events events = cluster.app.getBean(Events.class);
            assertThat(events.heard).isEmpty();

            String url = "ws://localhost:" + cluster.app.getEnvironment().getRequiredProperty("local.server.port")
                    + "/stomp";
            WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
            client.setMessageConverter(new StringMessageConverter());
            StompSession session = client.connectAsync(url, new StompSessionHandlerAdapter() {})
                    .get(30, TimeUnit.SECONDS);
            BlockingQueue<String> heard = new ArrayBlockingQueue<>(100);
            session.subscribe("/topic/seats", new StompFrameHandler() {
                @Override
                public Type getPayloadType(StompHeaders headers) {
                    return String.class;
                }

                @Override
                public void handleFrame(StompHeaders headers, Object payload) {
                    heard.offer(String.valueOf(payload));
                }
            });
            SimpMessagingTemplate template = cluster.app.getBean(SimpMessagingTemplate.class);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                template.convertAndSend("/topic/seats", "sold");
                return "sold".equals(heard.poll(50, TimeUnit.MILLISECONDS));
            });
            assertThat(events.heard).isNotEmpty();
            session.disconnect();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                SecurityAutoConfiguration.class,
                SecurityFilterAutoConfiguration.class,
                ServletWebSecurityAutoConfiguration.class
            },
            excludeName =
                    "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration")
    @EnableWebSocketMessageBroker
    static class WithBroker implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/stomp");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
        }

        @Bean
        Events events() {
            return new Events();
        }
    }

    static class Events {

        final Queue<AbstractSubProtocolEvent> heard = new ConcurrentLinkedQueue<>();

        @EventListener
        void happened(AbstractSubProtocolEvent event) {
            heard.add(event);
        }
    }
}
