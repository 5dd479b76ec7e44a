package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** stomp.js, which knows nothing of links, against the hub. */
class StompJsTests {

    @TempDir
    private Path folder;

    private NodePrograms node;

    @BeforeEach
    void modules() throws Exception {
        NodePrograms.node();
        node = new NodePrograms(folder);
        node.addModule("stomp__stompjs", "@stomp/stompjs");
        node.addModule("ws", "ws");
    }

    @Test
    void itConnectsSubscribesSendsReceivesAndTakesItsLeave() throws Exception {
        try (TestHub hub = TestHub.trusting()) {
            List<String> lines = node.run("stomp-js-client.js", hub.door().toString(), "leave");
            assertThat(lines)
                    .startsWith(
                            "CONNECTED 1.2 10000,0 hub",
                            "RECEIPT the:proof",
                            "",
                            "RECEIPT subscribed",
                            "RECEIPT told",
                            "RECEIPT 1")
                    .contains("MESSAGE /coordination/echo 1 \"\u00fcber \ud83d\ude00\\u0000 all\"")
                    .contains("DISCONNECTED");
            TestEnd end = hub.nextEnd();
            assertThat(end.next()).isEqualTo(new Frame.Hello(Greeting.of(Map.of("node", "js"))));
            assertThat(end.next()).isEqualTo(new Frame.Proof(""));
            assertThat(end.next()).isEqualTo(TestEnd.message(0, "tell", "x"));
            assertThat(end.next()).isEqualTo(TestEnd.message(1, "echo", "\u00fcber \ud83d\ude00\0 all"));
            assertThat(end.next()).isEqualTo(new Frame.Acknowledged(1));
            assertThat(end.end()).isEqualTo("the other end took its leave");
            assertThat(end.complaints).isEmpty();
        }
    }

    @Test
    void itIsToldWhatWasWrong() throws Exception {
        try (TestHub hub = TestHub.trusting()) {
            assertThat(node.run("stomp-js-client.js", hub.door().toString()))
                    .contains("ERROR There are no transactions here: BEGIN is not understood."
                            + " / There are no transactions here: BEGIN is not understood.");
            assertThat(hub.nextEnd().complaint().cause()).isEqualTo(Cause.MALFORMED);
        }
    }
}
