package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.stomp.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What is wrong with {@code coordination.peers} stops the application at its start, in words. */
@ExtendWith(OutputCaptureExtension.class)
class PeerSettingsTests {

    private static final String SECRET = "--coordination.peers.secret=a secret for tests only";

    @Test
    void everyWrongValueIsReportedAtOnce(CapturedOutput output) {
        fails(
                "--coordination.node-id=box-z",
                "--coordination.peers.members.box-a=http://a:8090",
                "--coordination.peers.members.box-b=ws://b",
                "--coordination.peers.members.box-c=ws://user@c:1",
                "--coordination.peers.port=70000",
                "--coordination.peers.grant=0s",
                "--coordination.peers.max-clock-difference=-1s");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("coordination.node-id", "[box-a, box-b, box-c]", "coordination.peers.role=worker")
                .contains("coordination.peers.members[box-a]", "http://a:8090", "ws://host:port")
                .contains("coordination.peers.members[box-b]", "coordination.peers.members[box-c]")
                .contains("coordination.peers.port", "0 to 65535")
                .contains("coordination.peers.secret", "openssl rand")
                .contains("coordination.peers.grant", "coordination.peers.max-clock-difference");
    }

    @Test
    void peersWithoutMembersAreNoStore(CapturedOutput output) {
        fails("--coordination.store=peers");

        assertThat(output).contains("coordination.peers.members", "List all voters, this one included");
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingPrinted(CapturedOutput output) {
        fails(member("box-a"), "--coordination.node-id=box-a", "--coordination.peers.secret=hunter2");

        assertThat(output)
                .contains("coordination.peers.secret", "at least 16 characters")
                .doesNotContain("hunter2");
    }

    @Test
    void aWorkerIsNoMember(CapturedOutput output) {
        fails(member("box-a"), "--coordination.node-id=box-a", SECRET, "--coordination.peers.role=worker");

        assertThat(output).contains("coordination.peers.role", "is a key of coordination.peers.members");
    }

    @Test
    void encryptedAddressesNeedABundle(CapturedOutput output) {
        fails("--coordination.peers.members.box-a=wss://a:8090", "--coordination.node-id=box-a", SECRET);

        assertThat(output).contains("coordination.peers.members[box-a]", "coordination.peers.ssl.bundle");
    }

    @Test
    void twoVotersDoNotChangeAtOnce(CapturedOutput output) {
        fails(
                member("box-a"),
                "--coordination.node-id=box-a",
                SECRET,
                "--coordination.peers.previous-members=box-b,box-c");

        assertThat(output).contains("coordination.peers.previous-members", "one at a time");
    }

    @Test
    void aFreshStartNeedsWorkersToBeKeptOut(CapturedOutput output) {
        fails(member("box-a"), "--coordination.node-id=box-a", SECRET, "--coordination.peers.fresh=true");

        assertThat(output).contains("coordination.peers.fresh", "coordination.peers.workers=false");
    }

    @Test
    void aNodeIdWithADotIsInBrackets(CapturedOutput output) {
        fails("--coordination.peers.members.box.a=ws://localhost:8090", "--coordination.node-id=box.a", SECRET);
        assertThat(output).contains("coordination.peers.members.\"[box.a]\".");

        application()
                .run(
                        "--coordination.peers.members[box.a]=ws://localhost:" + FreePort.find(),
                        "--coordination.node-id=box.a",
                        SECRET)
                .close();
    }

    @Test
    void aPortInUseIsNamed(CapturedOutput output) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fails(
                    "--coordination.peers.members.box-a=ws://localhost:" + taken.getLocalPort(),
                    "--coordination.peers.address=localhost",
                    "--coordination.node-id=box-a",
                    SECRET);

            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("port " + taken.getLocalPort(), "coordination.peers.port");
        }
    }

    @Test
    void aDataDirectoryOfAnotherNodeIsRefused(CapturedOutput output, @TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("not-a-directory"));
        fails(member("box-a"), "--coordination.node-id=box-a", SECRET, "--coordination.peers.data-directory=" + file);

        assertThat(output).contains("APPLICATION FAILED TO START").contains(file.toString());
    }

    @Test
    void plainLinksToOtherMachinesAreWarnedAbout(CapturedOutput output) {
        SpringApplication application = application();
        application
                .run(
                        member("box-a"),
                        "--coordination.peers.members.box-b=ws://192.0.2.7:8090",
                        "--coordination.peers.members.box-c=ws://127.0.0.1:" + FreePort.find(),
                        "--coordination.node-id=box-a",
                        "--coordination.peers.address=localhost",
                        SECRET)
                .close();

        assertThat(output)
                .contains("Links to [ws://192.0.2.7:8090] are not encrypted")
                .doesNotContain("a secret for tests only");
    }

    private static String member(String node) {
        return "--coordination.peers.members." + node + "=ws://localhost:" + FreePort.find();
    }

    private static void fails(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        assertThatThrownBy(() -> application().run(all.toArray(String[]::new))).isInstanceOf(Exception.class);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({CoordinationAutoConfiguration.class, CoordinationPeersAutoConfiguration.class})
    static class Application {}
}
