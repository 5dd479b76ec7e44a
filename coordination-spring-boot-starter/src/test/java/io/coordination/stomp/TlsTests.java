package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.channel.Body;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import io.coordination.channel.LinkException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;

class TlsTests {

    private static KeyStore one;
    private static KeyStore two;
    private static TestHub hub;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates(folder);
        one = certificates.key("one");
        two = certificates.key("two");
        hub = new TestHub(TestEnd::trusting, Certificates.bundle(one, Certificates.trusting(two)));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static StompTransport transport(SslBundle bundle) {
        return new StompTransport(new StompTransport.Settings(0, null, bundle, null), (cause, reason, remote) -> {});
    }

    private static String failure(SslBundle bundle, URI address) {
        try (StompTransport dialer = transport(bundle)) {
            TestEnd end = TestEnd.dialing();
            dialer.dial(address, end);
            return end.end();
        }
    }

    @Test
    void withMatchingCertificatesBothEndsAreAuthenticatedAndLargeMessagesPass() throws Exception {
        try (StompTransport dialer = transport(Certificates.bundle(two, Certificates.trusting(one)))) {
            hub.ends.clear();
            TestEnd end = TestEnd.dialing();
            dialer.dial(hub.address(), end);
            assertThat(end.pipe().isMutuallyAuthenticated()).isTrue();
            end.say(new Frame.Hello(Greeting.of(Map.of())));
            end.next();
            assertThat(end.next()).isEqualTo(new Frame.Accepted());
            assertThat(hub.nextEnd().pipe().isMutuallyAuthenticated()).isTrue();
            Frame large = new Frame.Message(0, new Destination("echo"), Body.of(new byte[Body.LONGEST]));
            end.say(large);
            assertThat(end.next()).isEqualTo(large);
        }
    }

    @Test
    void aHubWhoseCertificateIsNotTrustedIsNotSpokenWith() throws Exception {
        assertThat(failure(Certificates.bundle(two, Certificates.trusting(two)), hub.address()))
                .contains("no TLS with wss://localhost")
                .contains("trusts the certificate of the other");
        assertThat(failure(null, hub.address())).contains("no TLS with wss://localhost");
    }

    @Test
    void aDialerWhoseCertificateIsNotTrustedIsNotLetIn() throws Exception {
        hub.ends.clear();
        assertThat(failure(Certificates.bundle(one, Certificates.trusting(one)), hub.address()))
                .contains("trusts the certificate of the other");
        HttpClient withoutCertificate = HttpClient.newBuilder()
                .sslContext(
                        Certificates.bundle(null, Certificates.trusting(one)).createSslContext())
                .build();
        assertThatThrownBy(() -> withoutCertificate
                        .newWebSocketBuilder()
                        .buildAsync(hub.door(), new WebSocket.Listener() {})
                        .join())
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(hub.ends).isEmpty();
    }

    @Test
    void aBundleNeedsACertificateAndWhomToTrust() throws Exception {
        SslBundle nobodyTrusted = Certificates.bundle(one, null);
        SslBundle noKey = Certificates.bundle(null, Certificates.trusting(one));
        assertThatThrownBy(() -> transport(nobodyTrusted))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("truststore");
        assertThatThrownBy(() -> transport(noKey))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("keystore");
    }

    @Test
    void tlsAndPlainAreTakenApart() throws Exception {
        assertThat(failure(null, URI.create("ws://localhost:" + hub.transport.port())))
                .contains("whether it wants wss or ws");
        try (TestHub plain = TestHub.trusting()) {
            assertThat(failure(
                            Certificates.bundle(two, Certificates.trusting(one)),
                            URI.create("wss://localhost:" + plain.transport.port())))
                    .contains("no TLS with")
                    .contains("that the port speaks TLS");
            try (StompTransport dialer = transport(Certificates.bundle(two, Certificates.trusting(one)))) {
                TestEnd end = TestEnd.dialing();
                dialer.dial(plain.address(), end);
                assertThat(end.pipe().isMutuallyAuthenticated()).isFalse();
            }
        }
    }
}
