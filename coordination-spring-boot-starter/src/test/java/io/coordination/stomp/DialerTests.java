package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.channel.Body;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import io.coordination.channel.LinkException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialer against the hub, both real, and against what is no hub. */
class DialerTests {

    private final StompTransport dialer =
            new StompTransport(StompTransport.Settings.ofPort(0), (cause, reason, remote) -> {});

    @AfterEach
    void close() {
        dialer.close();
    }

    private TestEnd dial(URI address) {
        TestEnd end = TestEnd.dialing();
        dialer.dial(address, end);
        return end;
    }

    private TestEnd accepted(TestHub hub) {
        TestEnd end = dial(hub.address());
        end.pipe();
        end.say(new Frame.Hello(Greeting.of(Map.of("node", "a"))));
        assertThat(end.next()).isEqualTo(new Frame.Welcome(TestEnd.HUB, ""));
        assertThat(end.next()).isEqualTo(new Frame.Accepted());
        return end;
    }

    @Test
    void everyKindOfFrameArrivesBothWaysAsItWasAndInOrder() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd here = accepted(hub);
            TestEnd there = hub.nextEnd();
            there.next();
            there.next();
            Random random = new Random(11);
            List<Frame> up = new ArrayList<>();
            List<Frame> down = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                up.add(anything(random));
                down.add(anything(random));
                here.say(up.get(i));
                there.say(down.get(i));
            }
            up.forEach(frame -> assertThat(there.next()).isEqualTo(frame));
            down.forEach(frame -> assertThat(nextButAnswers(here)).isEqualTo(frame));
            assertThat(there.complaints).isEmpty();
            assertThat(here.complaints).isEmpty();
        }
    }

    /** The hub of the test answers pings and data by itself: those answers are told apart by what they say. */
    private static Frame nextButAnswers(TestEnd end) {
        while (true) {
            Frame next = end.next();
            boolean answer = next instanceof Frame.Pong pong && pong.wallMicros() == 7
                    || next instanceof Frame.Acknowledged acknowledged && acknowledged.number() < 1_000_000;
            if (!answer) {
                return next;
            }
        }
    }

    private static Frame anything(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Frame.Acknowledged(1_000_000 + random.nextInt(1_000));
            case 1 -> new Frame.Ping(random.nextLong());
            case 2 -> new Frame.Pong(random.nextLong(), 8 + random.nextInt(1_000));
            default -> {
                byte[] body = new byte[random.nextInt(random.nextInt(10) == 0 ? Body.LONGEST + 1 : 300)];
                random.nextBytes(body);
                yield new Frame.Message(
                        random.nextBoolean() ? 0 : 1 + random.nextInt(999_998), new Destination("d"), Body.of(body));
            }
        };
    }

    @Test
    void bothEndsKnowWhereTheOtherIs() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd here = accepted(hub);
            assertThat(here.pipe().remote()).isEqualTo(hub.door().toString());
            assertThat(hub.nextEnd().pipe().remote()).startsWith("127.0.0.1:");
            assertThat(here.pipe().isMutuallyAuthenticated()).isFalse();
        }
    }

    @Test
    void closingFromEitherSideIsToldToBothOnceAndLast() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd here = accepted(hub);
            TestEnd there = hub.nextEnd();
            here.pipe().close();
            here.pipe().close();
            assertThat(here.end()).isEqualTo("closed here");
            assertThat(there.end()).isEqualTo("the other end closed it");

            TestEnd second = accepted(hub);
            TestEnd secondThere = hub.nextEnd();
            secondThere.pipe().close();
            assertThat(secondThere.end()).isEqualTo("closed here");
            assertThat(second.end()).isEqualTo("the other end closed it");

            assertThat(List.of(here, there, second, secondThere))
                    .allSatisfy(end -> assertThat(end.toldAfterTheEnd).hasValue(0));
        }
    }

    @Test
    void whatWasWrittenBeforeCloseArrives() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd here = accepted(hub);
            TestEnd there = hub.nextEnd();
            there.next();
            there.next();
            here.pipe().write(List.of(TestEnd.message(0, "d", "last words"), new Frame.Refused("enough")), () -> {});
            here.pipe().close();
            assertThat(there.next()).isEqualTo(TestEnd.message(0, "d", "last words"));
            assertThat(there.next()).isEqualTo(new Frame.Refused("enough"));
            there.end();
        }
    }

    @Test
    void whatCannotBeSaidClosesThePipeWithTheReasonForBoth() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd here = accepted(hub);
            here.pipe().write(List.of(new Frame.Accepted()), () -> {});
            assertThat(here.end()).contains("never says Accepted");
            assertThat(hub.nextEnd().end()).contains("never says Accepted");
        }
    }

    @Test
    void closingTheTransportClosesAllPipesAndCanBeRepeated() {
        TestHub hub = TestHub.trusting();
        TestEnd here = accepted(hub);
        TestEnd there = hub.nextEnd();
        hub.close();
        hub.close();
        assertThat(there.end.isDone()).isTrue();
        here.end();
        assertThat(dial(hub.door()).end()).contains("nothing listens at");
    }

    @Test
    void closingTheDialersTransportClosesItsPipes() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd here = accepted(hub);
            dialer.close();
            assertThat(here.end()).isEqualTo("closed here");
            assertThat(hub.nextEnd().end()).isEqualTo("the other end closed it");
            assertThat(dial(hub.address()).end()).contains("transport is closed");
        }
    }

    @Test
    void anOwnPathIsKept() {
        try (TestHub hub = TestHub.trusting()) {
            TestEnd end = dial(hub.address().resolve("/elsewhere"));
            assertThat(end.end())
                    .contains("/elsewhere answered 404: no hub is there")
                    .contains("coordination.peers.port");
            assertThat(JdkDialer.target(URI.create("ws://h:1"))).hasToString("ws://h:1/coordination");
            assertThat(JdkDialer.target(URI.create("wss://[::1]:2/"))).hasToString("wss://[::1]:2/coordination");
            assertThat(JdkDialer.target(URI.create("ws://h:1/x/y"))).hasToString("ws://h:1/x/y");
        }
    }

    @Test
    void unreachableAddressesAreExplained() throws IOException {
        int free;
        try (ServerSocket taken = new ServerSocket(0)) {
            free = taken.getLocalPort();
        }
        assertThat(dial(URI.create("ws://localhost:" + free)).end())
                .contains("nothing listens at ws://localhost:" + free)
                .contains("check that the instance runs");
        assertThat(dial(URI.create("ws://no-such-host.invalid:7000")).end())
                .contains("there is no host named no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "localhost:7000", "ws:///x", "ws://under_score:70000000", "x"})
    void whatIsNoAddressIsExplained(String address) {
        assertThat(dial(URI.create(address)).end()).contains("it has the form ws://host:port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 401 No                     | wants credentials
            HTTP/1.1 403 No                     | wants credentials
            HTTP/1.1 404 No                     | no hub is there
            HTTP/1.1 503 No                     | as many links as it takes
            HTTP/1.1 200 OK                     | answered 200 instead of a WebSocket
            HTTP/1.1 302 Away                   | answered 302 instead of a WebSocket
            SSH-2.0-OpenSSH_9.2                 | does not answer as a hub
            """)
    void whatIsNoHubIsExplained(String statusLine, String words) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            TestEnd end = dial(URI.create("ws://localhost:" + server.getLocalPort()));
            try (Socket socket = server.accept();
                    OutputStream out = socket.getOutputStream()) {
                out.write((statusLine + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                assertThat(end.end()).contains(words).contains("localhost:" + server.getLocalPort());
                assertThat(end.told).hasValue(1);
            }
        }
    }

    @Test
    void aWebSocketThatSpeaksNoStompIsExplained() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            TestEnd end = dial(URI.create("ws://localhost:" + server.getLocalPort()));
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String key = in.lines()
                        .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                        .findFirst()
                        .orElseThrow()
                        .substring("Sec-WebSocket-Key: ".length());
                byte[] digest = MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
                String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                assertThat(end.end()).contains("is a WebSocket, but not of STOMP 1.2");
                assertThat(end.told).hasValue(1);
            }
        }
    }

    @Test
    void aServerThatHangsUpIsExplained() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread rude = new Thread(() -> hangUp(server));
            rude.start();
            TestEnd end = dial(URI.create("ws://localhost:" + server.getLocalPort()));
            assertThat(end.end()).contains("does not answer as a hub");
        }
    }

    /** The JDK tries again. */
    private static void hangUp(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            TestEnd end = dial(URI.create("ws://localhost:" + server.getLocalPort()));
            try (Socket silent = server.accept()) {
                assertThat(end.end()).contains("did not answer within 5 s");
                assertThat(silent.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aPortInUseIsExplained() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                StompTransport transport = new StompTransport(
                        new StompTransport.Settings(taken.getLocalPort(), InetAddress.getLoopbackAddress(), null, null),
                        (cause, reason, remote) -> {})) {
            assertThatThrownBy(() -> transport.listen(TestEnd::silent))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("coordination.peers.port");
        }
    }
}
