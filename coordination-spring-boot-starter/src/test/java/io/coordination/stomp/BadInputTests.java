package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a hub meets on an open port: it refuses, counts, logs no stack traces, and serves the others. */
@ExtendWith(OutputCaptureExtension.class)
class BadInputTests {

    private final TestHub hub = TestHub.trusting();
    private final StompTransport dialer =
            new StompTransport(StompTransport.Settings.ofPort(0), (cause, reason, remote) -> {});

    @AfterEach
    void theHubStillServesOthersAndLoggedNoStackTrace(CapturedOutput output) {
        hub.ends.clear();
        TestEnd good = TestEnd.dialing();
        dialer.dial(hub.address(), good);
        good.pipe();
        good.say(new Frame.Hello(Greeting.of(Map.of())));
        good.next();
        assertThat(good.next()).isEqualTo(new Frame.Accepted());
        good.say(TestEnd.message(1, "echo", "x"));
        assertThat(good.next()).isEqualTo(new Frame.Acknowledged(1));
        dialer.close();
        hub.close();
        assertThat(output.getAll())
                .doesNotContain("\tat io.coordination")
                .doesNotContain("\tat org.springframework")
                .doesNotContain("SEVERE")
                .doesNotContain("ERROR");
    }

    private static HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI http(String path) {
        return URI.create("http://localhost:" + hub.transport.port() + path);
    }

    @Test
    void otherPathsAnswerNothingAndTheServerHasNoName() throws Exception {
        for (String path : List.of("/", "/coordination/", "/coordination/x", "/index.html", "/COORDINATION")) {
            HttpResponse<String> answer = get(http(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).isEmpty();
            assertThat(answer.headers().map()).as(path).doesNotContainKeys("server", "x-powered-by", "set-cookie");
        }
        assertThat(get(http("/coordination")).statusCode()).isEqualTo(426);
        assertThat(get(http("/coordination")).body()).isEmpty();
    }

    @Test
    void brokenHttpAnswersNothingThatNamesTheServer() throws Exception {
        for (String request : List.of(
                "GARBAGE\r\n\r\n",
                "GET /%2e%2e/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n")) {
            try (Socket socket = new Socket("localhost", hub.transport.port())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
            }
        }
    }

    @Test
    void browsersAreRefusedAndCounted() {
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Origin", "http://localhost")
                        .subprotocols("v12.stomp")
                        .buildAsync(hub.door(), new WebSocket.Listener() {})
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        assertThat(hub.refused).containsExactly(Cause.ORIGIN);
        assertThat(hub.ends).isEmpty();
    }

    private void refusedBeforeAcceptance(String frames, Cause cause) {
        try (RawClient client = new RawClient(hub.door())) {
            client.send(frames);
            String answer = client.next().content();
            while (!answer.contains("ERROR\n")) {
                answer = client.next().content();
            }
            TestEnd end = hub.nextEnd();
            assertThat(end.complaint().cause()).isEqualTo(cause);
            end.end();
        }
    }

    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:x\n\n\0";

    @Test
    void whoeverIsNotAcceptedSendsLittle() {
        refusedBeforeAcceptance("CONNECT\naccept-version:1.2\nx:" + "y".repeat(9_000) + "\n\n\0", Cause.TOO_LARGE);
        refusedBeforeAcceptance(CONNECT + "SEND\ndestination:/coordination/x\n\n" + "y".repeat(9_000), Cause.TOO_LARGE);
        refusedBeforeAcceptance(
                CONNECT + "SEND\ndestination:/coordination/x\ncontent-length:8200\n\n", Cause.TOO_LARGE);
        refusedBeforeAcceptance("CONNECT\n" + "a:b\n".repeat(41) + "\n\0", Cause.TOO_MANY);
        refusedBeforeAcceptance(CONNECT + "SEND\ndestination:/coordination/x\n\n\0".repeat(8), Cause.TOO_MANY);
        refusedBeforeAcceptance("y".repeat(9_000), Cause.TOO_LARGE);
    }

    @Test
    void whoeverIsAcceptedIsBoundedAsWell() {
        for (String frame : List.of(
                "SEND\ndestination:/coordination/x\ncontent-length:" + (Limits.BODY_BYTES + 1) + "\n\n",
                "SEND\ndestination:/coordination/x\n\n" + "y".repeat(Limits.BODY_BYTES + 1),
                "SEND\nx:" + "y".repeat(Limits.HEAD_BYTES))) {
            try (RawClient client = RawClient.accepted(hub.door())) {
                client.send(frame);
                assertThat(client.next().command()).isEqualTo("ERROR");
                assertThat(hub.nextEnd().complaint().cause()).isEqualTo(Cause.TOO_LARGE);
            }
        }
    }

    @Test
    void whatIsCutOffIsClosedAndNotComplainedOf() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send("SEND\ndestination:/coordination/x\ncontent-length:100\n\nhalf");
        }
        TestEnd end = hub.nextEnd();
        assertThat(end.end()).isNotEmpty();
        assertThat(end.complaints).isEmpty();
    }

    @Test
    void garbageAfterTheUpgradeClosesThePipe() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            try (Socket socket = StuckClient.upgraded(hub.transport.port(), "")) {
                byte[] garbage = new byte[300];
                random.nextBytes(garbage);
                OutputStream out = socket.getOutputStream();
                out.write(garbage);
                out.flush();
                socket.shutdownOutput();
                assertThat(hub.nextEnd().end()).isNotEmpty();
            }
        }
    }

    @Test
    void aCompressedConnectionIsNotAgreedTo() throws Exception {
        StuckClient.upgraded(hub.transport.port(), "Sec-WebSocket-Extensions: permessage-deflate\r\n")
                .close();
    }

    @Test
    void halfOpenConnectionsAreBoundedAndAcceptedOnesDoNotCountAsSuch() throws Exception {
        RawClient accepted = RawClient.accepted(hub.door());
        List<Socket> halfOpen = new ArrayList<>();
        for (int i = 0; i < Limits.PIPES_BEFORE_ACCEPTANCE; i++) {
            halfOpen.add(StuckClient.upgraded(hub.transport.port(), ""));
        }
        Awaitility.await().until(() -> hub.ends.size() == Limits.PIPES_BEFORE_ACCEPTANCE + 1);
        assertThatThrownBy(() -> new RawClient(hub.door()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
        assertThat(hub.refused).containsExactly(Cause.TOO_MANY);
        accepted.send("SEND\ndestination:/coordination/x\nreceipt:r\n\n\0");
        assertThat(accepted.next().headers()).containsEntry("receipt-id", "r");
        for (Socket socket : halfOpen) {
            socket.close();
        }
        hub.ends.stream().skip(1).forEach(TestEnd::end);
        RawClient.accepted(hub.door()).close();
        accepted.close();
    }

    @Test
    void whoeverReadsNoReceiptsIsCutOff() throws Exception {
        try (StuckClient client = new StuckClient(hub.transport.port())) {
            String many = ("SEND\ndestination:/coordination/x\nreceipt:" + "r".repeat(120) + "\n\n\0").repeat(300);
            TestEnd end = hub.nextEnd();
            try {
                while (!end.end.isDone()) {
                    client.send(many);
                }
            } catch (IOException e) {
                assertThat(end.end()).isNotEmpty();
            }
            assertThat(end.complaint().cause()).isEqualTo(Cause.TOO_MANY);
        }
    }
}
