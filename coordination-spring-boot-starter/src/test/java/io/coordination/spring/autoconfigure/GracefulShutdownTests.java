package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class GracefulShutdownTests {

    @Test
    void aRequestInFlightStillLocksAndUnlocks() throws Exception {
        ConfigurableApplicationContext context = SpringApplication.run(
                Application.class, "--server.port=0", "--server.shutdown=graceful", "--spring.main.banner-mode=off");
        DistributedLockManager locks = context.getBean(DistributedLockManager.class);
        Purchase purchase = context.getBean(Purchase.class);
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();

        CompletableFuture<HttpResponse<String>> response = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/buy"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(purchase.locked.await(30, TimeUnit.SECONDS)).isTrue();
        context.close();

        assertThat(response.join().body()).isEqualTo("bought");
        assertThat(locks.locks()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Purchase purchase(DistributedLockManager locks) {
            return new Purchase(locks);
        }

        @Bean
        MessageListeners messageListeners(Purchase purchase) {
            return new MessageListeners(purchase);
        }
    }

    @RestController
    static class Purchase {

        final CountDownLatch locked = new CountDownLatch(1);
        final CountDownLatch listenersStopped = new CountDownLatch(1);
        private final DistributedLockManager locks;

        Purchase(DistributedLockManager locks) {
            this.locks = locks;
        }

        @GetMapping("/buy")
        String buy() throws InterruptedException {
            try (Lease seat = locks.acquire(Resource.of("seat", "12"))) {
                locked.countDown();
                if (!listenersStopped.await(30, TimeUnit.SECONDS)) {
                    return "not shut down";
                }
                try (Lease payment = locks.acquire(Resource.of("payment", "34"))) {
                    seat.ensureHeld();
                    payment.ensureHeld();
                    return "bought";
                }
            }
        }
    }

    /** Stops after everything in the default phase, while the web server waits for its requests. */
    static final class MessageListeners implements SmartLifecycle {

        private final Purchase purchase;
        private volatile boolean running;

        MessageListeners(Purchase purchase) {
            this.purchase = purchase;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            purchase.listenersStopped.countDown();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
        }
    }
}
