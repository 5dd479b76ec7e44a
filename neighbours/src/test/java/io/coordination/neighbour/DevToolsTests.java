package io.coordination.neighbour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** DevTools restarts an application inside its JVM: with other class loaders, and at the same ports. */
class DevToolsTests {

    private static final Pattern LINE = Pattern.compile("run (\\d) token (\\d+) loader (\\w+)");

    @Test
    @Timeout(180)
    void anApplicationThatIsRestartedListensAgainAndItsTokensRise() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestartingApplication.class.getName(),
                        "--coordination.node-id=dev",
                        "--coordination.peers.members.dev=ws://localhost:" + Cluster.freePort(),
                        "--coordination.peers.address=localhost",
                        "--coordination.peers.secret=a secret for tests only",
                        "--coordination.peers.grant=1s")
                .redirectErrorStream(true)
                .start();
        String said;
        try {
            said = new String(child.getInputStream().readAllBytes(), UTF_8);
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }

        List<MatchResult> runs = LINE.matcher(said).results().toList();
        assertThat(runs)
                .as(said)
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.group(3)).isEqualTo("RestartClassLoader"));
        assertThat(Long.parseLong(runs.get(1).group(2)))
                .isGreaterThan(Long.parseLong(runs.get(0).group(2)));
        assertThat(child.exitValue()).isZero();
    }
}
