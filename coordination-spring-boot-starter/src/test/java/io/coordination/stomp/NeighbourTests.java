package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Body;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a hub leaves behind in its process: nothing. */
@ExtendWith(OutputCaptureExtension.class)
class NeighbourTests {

    private static Set<String> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(path -> path.contains("coordination-hub-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("coordination-")
                        || thread.getName().startsWith("http-nio-127.0.0.1-")
                        || thread.getName().startsWith("Catalina"))
                .collect(Collectors.toSet());
    }

    @Test
    void itSaysNothingBeyondInfo(CapturedOutput output) {
        try (TestHub hub = TestHub.trusting()) {
            for (int i = 0; i < 20; i++) {
                RawClient.accepted(hub.door()).close();
            }
        }
        assertThat(output.getAll())
                .doesNotContain("WARN")
                .doesNotContain("SEVERE")
                .doesNotContain("Exception");
    }

    @Test
    void itChangesNoPropertyAndLeavesNoFileAndNoThread() throws IOException {
        Set<String> properties = System.getProperties().stringPropertyNames();
        Set<String> folders = temporaryFolders();
        Set<Thread> threads = threads();
        try (TestHub hub = TestHub.trusting()) {
            RawClient.accepted(hub.door()).close();
            assertThat(threads())
                    .filteredOn(thread -> !threads.contains(thread))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
            try (Stream<Path> content = Files.walk(Path.of("."), 1)) {
                assertThat(content.map(Path::toString)).noneMatch(name -> name.contains("tomcat."));
            }
        }
        assertThat(System.getProperties().stringPropertyNames()).isEqualTo(properties);
        assertThat(temporaryFolders()).isEqualTo(folders);
        Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> threads.containsAll(threads()));
    }

    @Test
    void aPipeWhoseOtherEndDoesNotReadIsClosedAllTheSame() throws Exception {
        try (TestHub hub = TestHub.trusting();
                StuckClient stuck = new StuckClient(hub.transport.port())) {
            TestEnd end = hub.nextEnd();
            end.next();
            end.next();
            for (int i = 0; i < 400; i++) {
                end.say(new Frame.Message(0, new Destination("d"), Body.of(new byte[Body.LONGEST])));
            }
            end.pipe().close();
            assertThat(end.end()).isEqualTo("closed here");
            assertThat(stuck.isConnected()).isTrue();
            TestEnd other = TestEnd.dialing();
            hub.transport.dial(hub.address(), other);
            other.pipe();
            other.say(new Frame.Hello(Greeting.of(Map.of())));
            other.next();
            assertThat(other.next()).isEqualTo(new Frame.Accepted());
        }
    }
}
