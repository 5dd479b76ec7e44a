package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.stomp.RawClient.Arrived;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What STOMP 1.2 asks of a server, sentence by sentence, over a real WebSocket. */
class HubConformanceTests {

    private static final String ALL = "SUBSCRIBE\nid:0\ndestination:/coordination/*\nack:client\nreceipt:s\n\n\0";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.trusting();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void forgetOthers() {
        hub.ends.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.0,1.1,1.2", "1.2,2.0", "1.1, 1.2"})
    void aClientThatSpeaksOneTwoIsConnected(String versions) {
        try (RawClient client = new RawClient(hub.door())) {
            Arrived answer = client.send("CONNECT\naccept-version:" + versions + "\nhost:x\n\n\0")
                    .next();
            assertThat(answer.command()).isEqualTo("CONNECTED");
            assertThat(answer.headers())
                    .containsEntry("version", "1.2")
                    .containsEntry("heart-beat", "0,0")
                    .containsEntry("coordination-node", "hub");
            assertThat(answer.text()).isFalse();
        }
    }

    @Test
    void theFrameStompConnectsAsWell() {
        try (RawClient client = new RawClient(hub.door())) {
            assertThat(client.send("STOMP\naccept-version:1.2\nhost:x\n\n\0")
                            .next()
                            .command())
                    .isEqualTo("CONNECTED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept-version:1.1\n", "accept-version:1.0,1.1\n", ""})
    void aClientThatDoesNotIsToldWhichVersionIsSpoken(String header) {
        try (RawClient client = new RawClient(hub.door())) {
            Arrived answer = client.send("CONNECT\n" + header + "host:x\n\n\0").next();
            assertThat(answer.command()).isEqualTo("ERROR");
            assertThat(answer.headers()).containsEntry("version", "1.2");
            assertThat(answer.headers().get("message")).contains("1.2 is spoken here");
            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(hub.nextEnd().complaint().cause()).isEqualTo(Cause.VERSION);
        }
    }

    @Test
    void linesMayEndWithCarriageReturns() {
        try (RawClient client = new RawClient(hub.door())) {
            assertThat(client.send("CONNECT\r\naccept-version:1.2\r\nhost:x\r\n\r\n\0\r\n")
                            .next()
                            .command())
                    .isEqualTo("CONNECTED");
        }
    }

    @Test
    void aReceiptFollowsEachFrameThatAsksForOne() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            assertThat(client.send(ALL).next()).isEqualTo(new Arrived("RECEIPT\nreceipt-id:s\n\n\0", false));
            client.send("SEND\ndestination:/coordination/tell\nreceipt:a-1\n\nhello\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "a-1");
            client.send("ACK\nid:1\nreceipt:a-2\n\n\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "a-2");
            client.send("UNSUBSCRIBE\nid:0\nreceipt:a-3\n\n\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "a-3");
            client.send("DISCONNECT\nreceipt:a-4\n\n\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "a-4");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
        assertThat(hub.nextEnd().end()).isEqualTo("the other end took its leave");
    }

    @Test
    void dataIsAcknowledgedByAReceiptWithItsNumber() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send("SEND\ndestination:/coordination/tell\ncoordination-number:41\nreceipt:41\n\nhello\0");
            assertThat(client.next().content()).isEqualTo("RECEIPT\nreceipt-id:41\n\n\0");
            TestEnd end = hub.nextEnd();
            end.next();
            end.next();
            assertThat(end.next()).isEqualTo(TestEnd.message(41, "tell", "hello"));
        }
    }

    @Test
    void messagesNameTheirSubscriptionAndWhatToAcknowledge() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send(ALL).next();
            TestEnd end = hub.nextEnd();
            end.say(TestEnd.message(5, "tell", "hello"), TestEnd.message(0, "tell", "control"), new Frame.Ping(9));
            String content = client.next().content();
            assertThat(content)
                    .isEqualTo("MESSAGE\ndestination:/coordination/tell\ncoordination-number:5\nsubscription:0\n"
                            + "message-id:1\nack:5\ncontent-length:5\n\nhello\0"
                            + "MESSAGE\ndestination:/coordination/tell\nsubscription:0\nmessage-id:2\ncontent-length:7\n\ncontrol\0"
                            + "MESSAGE\ndestination:/coordination/ping\ncoordination-stamp:9\nsubscription:0\nmessage-id:3\n"
                            + "content-length:0\n\n\0");
            end.received.clear();
            client.send("ACK\nid:5\n\n\0");
            assertThat(end.next()).isEqualTo(new Frame.Acknowledged(5));
        }
    }

    @Test
    void aSubscriptionToOneDestinationGoesBeforeTheOneToAll() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send(ALL).next();
            client.send("SUBSCRIBE\nid:one\ndestination:/coordination/tell\nack:client\nreceipt:t\n\n\0")
                    .next();
            TestEnd end = hub.nextEnd();
            end.say(TestEnd.message(0, "tell", "x"));
            assertThat(client.next().headers()).containsEntry("subscription", "one");
            end.say(TestEnd.message(0, "other", "x"));
            assertThat(client.next().headers()).containsEntry("subscription", "0");
        }
    }

    @Test
    void controlWithoutASubscriptionGoesNowhereAndDataClosesTheLinkInWords() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            TestEnd end = hub.nextEnd();
            end.say(TestEnd.message(0, "tell", "control"));
            end.say(TestEnd.message(1, "tell", "data"));
            Arrived answer = client.next();
            assertThat(answer.command()).isEqualTo("ERROR");
            assertThat(answer.body()).contains("/coordination/tell").contains("Subscribe to /coordination/*");
            assertThat(end.end()).contains("has not subscribed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUBSCRIBE\nid:0\ndestination:/coordination/tell\nack:client\n\n\0",
                "SUBSCRIBE\nid:1\ndestination:/coordination/*\nack:client\n\n\0",
                "SUBSCRIBE\nid:1\ndestination:/coordination/tell\nack:auto\n\n\0",
                "SUBSCRIBE\nid:1\ndestination:/coordination/tell\n\n\0",
                "SUBSCRIBE\ndestination:/coordination/tell\nack:client\n\n\0",
                "SUBSCRIBE\nid:1\nack:client\n\n\0",
                "UNSUBSCRIBE\nid:7\n\n\0",
                "UNSUBSCRIBE\n\n\0",
                "ACK\nid:x\n\n\0",
                "ACK\nid:0\n\n\0",
                "ACK\n\n\0",
                "NACK\nid:1\n\n\0",
                "BEGIN\ntransaction:t\n\n\0",
                "COMMIT\ntransaction:t\n\n\0",
                "ABORT\ntransaction:t\n\n\0",
                "CONNECT\naccept-version:1.2\nhost:x\n\n\0",
                "CONNECTED\nversion:1.2\n\n\0",
                "RECEIPT\nreceipt-id:1\n\n\0",
                "MESSAGE\ndestination:/coordination/tell\nsubscription:0\nmessage-id:1\n\n\0",
                "ERROR\nmessage:no\n\n\0",
                "SEND\n\nno destination\0",
                "SEND\ndestination:/coordination/tell\ncoordination-number:0\n\n\0",
                "SEND\ndestination:/coordination/tell\ncoordination-number:-1\n\n\0",
                "SEND\ndestination:/coordination/tell\ncoordination-number:many\n\n\0",
                "SEND\ndestination:/coordination/tell\ncoordination-number:1\nreceipt:2\n\n\0",
                "SEND\ndestination:/coordination/proof\nreceipt:again\n\n\0",
                "SEND\ndestination:/coordination/ping\n\n\0",
                "send\ndestination:/coordination/tell\n\n\0",
                "HELLO\n\n\0",
                "SEND\ndestination:/coordination/tell\ncontent-length:3\n\nlonger\0",
                "SEND\ndestination:/coordination/tell\ncontent-length:-3\n\nabc\0",
                "SEND\ndestination:/coordination/tell\ncontent-length:99999999999\n\nabc\0",
                "SEND\ndestination:/coordination/tell\ncontent-type:nonsense\n\nabc\0",
                "SEND\nno colon\n\n\0",
                "SEND\n:no name\n\n\0",
                "SEND\ndestination:/coordination/t\\tx\n\n\0",
                "SEND\ndestination:/coordination/tell\\\n\n\0",
                "SEND\rdestination:/coordination/tell\n\n\0",
                "SUBSCRIBE\nid:1\ndestination:/coordination/tell\nack:client\n\nbody\0",
                "SEND\ndestination:/coordination/tell\0"
            })
    void whatIsNotAllowedIsAnsweredByAnErrorWithTheReasonAndTheLinkCloses(String frame) {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send(ALL).next();
            Arrived answer = client.send(frame).next();
            assertThat(answer.command()).isEqualTo("ERROR");
            assertThat(answer.headers().get("message")).isNotEmpty();
            assertThat(answer.body()).isNotEmpty();
            assertThat(client.closeCode()).isEqualTo(1000);
            TestEnd end = hub.nextEnd();
            assertThat(end.complaint().cause()).isIn(Cause.MALFORMED, Cause.TOO_LARGE);
            end.end();
            assertThat(end.toldAfterTheEnd).hasValue(0);
        }
    }

    @Test
    void anErrorNamesTheReceiptOfTheFrameItIsAbout() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            assertThat(client.send("BEGIN\ntransaction:t\nreceipt:b-1\n\n\0")
                            .next()
                            .headers())
                    .containsEntry("receipt-id", "b-1");
        }
    }

    @Test
    void aReceiptThatIsTooLongIsNotRepeated() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send("BEGIN\ntransaction:t\nreceipt:" + "\\\\".repeat(4_000) + "\n\n\0");
            assertThat(client.next().headers()).doesNotContainKey("receipt-id");
        }
    }

    @Test
    void nothingGoesBeforeConnect() {
        try (RawClient client = new RawClient(hub.door())) {
            assertThat(client.send(ALL).next().headers().get("message")).contains("before CONNECT");
        }
    }

    @Test
    void anUnknownDestinationIsReportedAndTheLinkGoesOn() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send("SEND\ndestination:/topic/prices\n\nx\0SEND\ndestination:/coordination/No\n\nx\0"
                    + "SUBSCRIBE\nid:5\ndestination:/topic/prices\nack:client\n\n\0"
                    + "SEND\ndestination:/coordination/tell\nreceipt:still\n\nx\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "still");
            TestEnd end = hub.nextEnd();
            assertThat(List.of(end.complaint(), end.complaint(), end.complaint()))
                    .allSatisfy(complaint -> assertThat(complaint.cause()).isEqualTo(Cause.DESTINATION));
        }
    }

    @Test
    void subscriptionsAreBounded() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            for (int i = 0; i < Limits.SUBSCRIPTIONS; i++) {
                client.send(
                        "SUBSCRIBE\nid:" + i + "\ndestination:/coordination/d" + i + "\nack:client\nreceipt:r\n\n\0");
                assertThat(client.next().command()).isEqualTo("RECEIPT");
            }
            client.send("SUBSCRIBE\nid:more\ndestination:/coordination/more\nack:client\n\n\0");
            assertThat(client.next().command()).isEqualTo("ERROR");
            assertThat(hub.nextEnd().complaint().cause()).isEqualTo(Cause.TOO_MANY);
        }
    }

    @Test
    void bodiesWithALengthMayHaveNulsAndThoseWithoutEndAtTheFirst() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            TestEnd end = hub.nextEnd();
            end.next();
            end.next();
            client.send("SEND\ndestination:/coordination/tell\ncontent-length:5\n\na\0b\0\n\0"
                    + "SEND\ndestination:/coordination/tell\n\nab\0\n\n"
                    + "SEND\ndestination:/coordination/tell\ncontent-length:0\n\n\0"
                    + "SEND\ndestination:/coordination/tell\ncontent-length:1\ncontent-length:9\n\nz\0");
            assertThat(end.next()).isEqualTo(TestEnd.message(0, "tell", "a\0b\0\n"));
            assertThat(end.next()).isEqualTo(TestEnd.message(0, "tell", "ab"));
            assertThat(end.next()).isEqualTo(TestEnd.message(0, "tell", ""));
            assertThat(end.next()).isEqualTo(TestEnd.message(0, "tell", "z"));
        }
    }

    @Test
    void escapesAreTakenBack() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send("SEND\ndestination:/coordination/tell\nreceipt:a\\cb\\nc\\\\d\\r\u00fc\n\n\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "a\\cb\\nc\\\\d\\r\u00fc");
        }
    }

    @Test
    void ofAHeaderThatComesTwiceTheFirstCounts() {
        try (RawClient client = RawClient.accepted(hub.door())) {
            client.send("SEND\ndestination:/coordination/tell\nreceipt:first\nreceipt:second\n\n\0");
            assertThat(client.next().headers()).containsEntry("receipt-id", "first");
        }
    }

    @Test
    void framesMayBeSpreadOverMessagesByteByByte() {
        try (RawClient client = new RawClient(hub.door())) {
            String frames = "CONNECT\naccept-version:1.2\nhost:x\n\n\0\n"
                    + "SEND\ndestination:/coordination/proof\nreceipt:p\n\n\0";
            for (byte one : frames.getBytes(StandardCharsets.UTF_8)) {
                client.send(new byte[] {one});
            }
            assertThat(client.next().command()).isEqualTo("CONNECTED");
            assertThat(client.next().headers()).containsEntry("receipt-id", "p");
        }
    }

    @Test
    void whoeverSendsTextIsAnsweredInTextButForBodies() {
        try (RawClient client = new RawClient(hub.door())) {
            assertThat(client.sendText("CONNECT\naccept-version:1.2\nhost:x\n\n\0")
                            .next()
                            .text())
                    .isTrue();
            client.sendText("SEND\ndestination:/coordination/proof\nreceipt:p\u00e9\n\n\0");
            assertThat(client.next()).isEqualTo(new Arrived("RECEIPT\nreceipt-id:p\u00e9\n\n\0", true));
            client.sendText(ALL).next();
            client.sendText("SEND\ndestination:/coordination/echo\n\n\u00fcber\0");
            Arrived message = client.next();
            assertThat(message.text()).isFalse();
            assertThat(message.body()).isEqualTo("\u00fcber");
            assertThat(client.sendText("SEND\ndestination:/coordination/ping\ncoordination-stamp:3\n\n\0")
                            .next()
                            .headers())
                    .containsEntry("coordination-echo", "3")
                    .containsEntry("coordination-wall-micros", "7");
        }
    }

    @Test
    void heartBeatsAreSentToWhoeverAsksForThem() {
        try (RawClient client = new RawClient(hub.door())) {
            assertThat(client.send("CONNECT\naccept-version:1.2\nhost:x\nheart-beat:10,1\n\n\0")
                            .next()
                            .headers())
                    .as("not more often than is allowed")
                    .containsEntry("heart-beat", Limits.SHORTEST_HEART_BEAT.toMillis() + ",0");
            assertThat(client.next().content()).isEqualTo("\n");
            assertThat(client.next().content()).isEqualTo("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "1,2,3", "-1,5", "1;2", "99999999999,1"})
    void aHeartBeatThatIsNotTwoNumbersIsAnError(String value) {
        try (RawClient client = new RawClient(hub.door())) {
            assertThat(client.send("CONNECT\naccept-version:1.2\nhost:x\nheart-beat:" + value + "\n\n\0")
                            .next()
                            .headers()
                            .get("message"))
                    .contains("heart-beat");
        }
    }
}
