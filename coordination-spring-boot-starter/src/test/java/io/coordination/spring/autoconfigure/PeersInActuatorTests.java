package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.MemberChange;
import io.coordination.channel.MemberState;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import io.coordination.spring.actuate.CoordinationEndpoint;
import io.coordination.spring.actuate.CoordinationNode;
import io.coordination.spring.actuate.LockHistory;
import io.coordination.spring.actuate.PeerReport;
import io.coordination.spring.actuate.PeerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What operators see of the other instances. */
class PeersInActuatorTests {

    private final Instances instances = new Instances(Application.class, WebApplicationType.NONE);

    @AfterEach
    void stopAll() {
        instances.close();
    }

    @Test
    void theEndpointShowsTheOtherInstances() throws Exception {
        instances.startAll();
        awaitUp("box-a", 2);

        PeerReport peers = report("box-a");

        assertThat(peers.voters()).containsExactlyElementsOf(Instances.VOTERS);
        assertThat(peers.state()).isEqualTo("ready");
        assertThat(peers.refusals()).isEmpty();
        assertThat(peers.members())
                .extracting(PeerReport.MemberRow::node, PeerReport.MemberRow::state)
                .containsExactly(Tuple.tuple("box-b", "up"), Tuple.tuple("box-c", "up"));
        assertThat(peers.members()).allSatisfy(member -> {
            assertThat(member.sameGroup()).isTrue();
            assertThat(member.problem()).isNull();
            assertThat(member.process()).startsWith(member.node() + "/");
        });
    }

    @Test
    void healthIsDownWithoutAMajority() throws Exception {
        instances.startAll();
        awaitUp("box-a", 2);
        assertThat(health("box-a").getStatus()).isEqualTo(Status.UP);
        assertThat(health("box-a").getDetails())
                .containsEntry("votersUp", "3 of 3")
                .containsEntry("tokensRiseBy", "wall clocks")
                .containsEntry("state", "ready");

        instances.stop("box-b");
        instances.stop("box-c");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> health("box-a").getStatus().equals(Status.DOWN));
        assertThat(health("box-a").getDetails()).containsEntry("votersUp", "1 of 3");
    }

    @Test
    void anInstanceIsReadyForTrafficWhenItsVoteCounts() {
        instances.start("box-a", "--coordination.peers.grant=4s");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> readiness("box-a") == ReadinessState.REFUSING_TRAFFIC);
        assertThat(health("box-a").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);

        instances.start("box-b");
        instances.start("box-c");
        Instances.VOTERS.forEach(instances::awaitReady);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> readiness("box-a") == ReadinessState.ACCEPTING_TRAFFIC);
    }

    @Test
    void anApplicationThatTakesItsReadinessBackIsLeftAlone() {
        instances.start("box-a");
        AvailabilityChangeEvent.publish(instances.instance("box-a"), ReadinessState.REFUSING_TRAFFIC);
        instances.start("box-b");
        instances.start("box-c");
        Instances.VOTERS.forEach(instances::awaitReady);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> readiness("box-c") == ReadinessState.ACCEPTING_TRAFFIC);

        assertThat(readiness("box-a")).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
    }

    @Test
    void thereAreMeters() throws Exception {
        instances.startAll();
        awaitUp("box-a", 2);
        MeterRegistry meters = instances.instance("box-a").getBean(MeterRegistry.class);
        try (Lease lease = instances.locks("box-a").acquire(Resource.named("metered"))) {
            lease.ensureHeld();
            assertThat(meters.get("coordination.peers.claims").gauge().value()).isEqualTo(1);
            assertThat(meters.get("coordination.peers.records").gauge().value()).isEqualTo(1);
        }

        assertThat(meters.get("coordination.peers.members")
                        .tag("state", "up")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(meters.get("coordination.peers.links").functionCounter().count())
                .isGreaterThanOrEqualTo(2);
        assertThat(meters.get("coordination.peers.refused")
                        .tag("cause", "secret")
                        .functionCounter()
                        .count())
                .isZero();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> meters.get("coordination.peers.round.trip")
                                .tag("node", "box-b")
                                .timeGauge()
                                .value()
                        > 0);
        assertThat(meters.get("coordination.peers.queued")
                        .tag("lane", "data")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void comingAndGoingAreApplicationEvents() {
        instances.startAll();
        Queue<String> news = instances.instance("box-a").getBean(News.class).heard;
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> news.contains("box-b UP"));

        instances.stop("box-b");

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> news.contains("box-b GONE"));
    }

    private void awaitUp(String node, int others) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> report(node).members().stream()
                                .filter(member -> "up".equals(member.state()))
                                .count()
                        == others);
    }

    private PeerReport report(String node) {
        return Objects.requireNonNull(instances
                .instance(node)
                .getBean(CoordinationEndpoint.class)
                .report(null, null)
                .peers());
    }

    private Health health(String node) {
        return Objects.requireNonNull(instances
                .instance(node)
                .getBean("coordinationHealthIndicator", HealthIndicator.class)
                .health());
    }

    private ReadinessState readiness(String node) {
        return instances.instance(node).getBean(ApplicationAvailability.class).getReadinessState();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class Application {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        CoordinationEndpoint coordinationEndpoint(
                CoordinationNode node, DistributedLockManager locks, PeerStatus peers) {
            return new CoordinationEndpoint(node, locks, new LockHistory(), peers);
        }

        @Bean
        News news() {
            return new News();
        }
    }

    static class News {

        final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @EventListener
        void changed(MemberChange change) {
            MemberState state = change.now().state();
            heard.add(change.now().node() + " " + state);
        }
    }
}
