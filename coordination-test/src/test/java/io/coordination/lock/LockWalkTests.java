package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of locks under random interleavings, and each rule weakened on purpose. {@code -Dwalk.seed=N} runs one seed and
 * prints its trace; {@code -Dwalk.seeds=N} runs more than the default.
 */
class LockWalkTests {

    private static final int SEEDS = Integer.getInteger("walk.seeds", 4_000);

    private static final int MUTATED_SEEDS = Integer.getInteger("walk.mutated-seeds", 200);

    /** Two leases at once show themselves as such, or by the tokens that come of them. */
    private static final String OVERLAP = "two holders.*|.*does not rise";

    private static final Walk.Rules SHIPPED = new Walk.Rules() {};

    @Test
    void noInterleavingBreaksTheRules() {
        Long one = Long.getLong("walk.seed");
        Map<String, Integer> counts = new TreeMap<>();
        for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
            Walk walk = new Walk(seed, SHIPPED, counts);
            try {
                walk.run();
            } catch (RuntimeException violation) {
                fail(
                        "seed " + seed + ": " + violation.getMessage() + "\nReproduce with -Dwalk.seed=" + seed + "\n"
                                + walk.trace(),
                        violation);
            }
            if (one != null) {
                System.out.println(walk.trace());
            }
        }
        System.out.println("walks: " + (one == null ? SEEDS : 1) + ", " + counts);
        if (one == null) {
            assertThat(counts.get("grants")).isGreaterThan(SEEDS * 3);
            assertThat(counts.get("hand-overs")).isGreaterThan(SEEDS / 10);
            assertThat(counts.get("losses")).isGreaterThan(SEEDS / 4);
            assertThat(counts.get("crashes")).isGreaterThan(SEEDS);
            assertThat(counts.get("lost messages")).isGreaterThan(SEEDS);
            assertThat(counts.get("duplicates")).isGreaterThan(SEEDS);
            assertThat(counts.get("renewals")).isGreaterThan(SEEDS);
        }
    }

    @Test
    void theSameSeedGivesTheSameTraceTwice() {
        for (long seed = 0; seed < 20; seed++) {
            Walk first = new Walk(seed, SHIPPED, new TreeMap<>());
            Walk second = new Walk(seed, SHIPPED, new TreeMap<>());
            first.run();
            second.run();
            assertThat(second.trace()).isEqualTo(first.trace());
        }
    }

    @Tag("mutations")
    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void aWeakenedRuleIsCaught(String rule, Walk.Rules weakened, String expected) {
        Map<String, Integer> caught = new TreeMap<>();
        for (long seed = 0; seed < MUTATED_SEEDS; seed++) {
            try {
                new Walk(seed, weakened, new TreeMap<>()).run();
            } catch (Walk.Violation violation) {
                assertThat(violation).hasMessageMatching(expected);
                caught.merge(violation.kind(), 1, Integer::sum);
            }
        }
        System.out.println("mutation \"" + rule + "\": caught in " + MUTATED_SEEDS + " walks by " + caught);
        assertThat(caught).as("walks in which it was caught").isNotEmpty();
    }

    static Stream<Arguments> mutations() {
        return Stream.of(
                lock("the lease counts from the receipt of the grant", OVERLAP, (r, t, e) -> new ResourceLock(r, t, e) {
                    @Override
                    Tenure tenure(LeaseRequest request, AcquireAnswer.Granted granted, Moment now) {
                        return super.tenure(
                                request,
                                new AcquireAnswer.Granted(granted.tokenBase(), now, granted.othersMayWait()),
                                now);
                    }
                }),
                lock(
                        "a renewal that comes after the deadline revives the lease",
                        ".*was revived.*",
                        (r, t, e) -> new ResourceLock(r, t, e) {
                            @Override
                            void loseIfOver(Moment now) {}
                        }),
                lock("the holder counts on more than its lease", OVERLAP, (r, t, e) -> new ResourceLock(r, t, e) {
                    @Override
                    Tenure tenure(LeaseRequest request, AcquireAnswer.Granted granted, Moment now) {
                        return new Tenure(request.ticket(), request.lease(), granted, now) {
                            @Override
                            boolean isOver(Moment at) {
                                return at.nanos() > deadline() + lease.toNanos() / 2;
                            }
                        };
                    }
                }),
                lock("a hand-over keeps the token", ".*does not rise", (r, t, e) -> new ResourceLock(r, t, e) {
                    @Override
                    Tenure tenure(LeaseRequest request, AcquireAnswer.Granted granted, Moment now) {
                        return new Tenure(request.ticket(), request.lease(), granted, now) {
                            @Override
                            FencingToken token() {
                                return FencingToken.of(granted.tokenBase(), 0);
                            }
                        };
                    }
                }),
                lock(
                        "the last to come is served first",
                        ".*serves a later waiter.*",
                        (r, t, e) -> new ResourceLock(r, t, e) {
                            @Override
                            Waiter next() {
                                return waiters.queue.removeLast();
                            }
                        }),
                lock("a wait may outlast its bound", ".*beyond the end.*", (r, t, e) -> new ResourceLock(r, t, e) {
                    @Override
                    void refuseThoseOutOfTime(Moment now) {}
                }),
                lock(
                        "a waiter that gives up leaves its grant standing",
                        ".*keeps a grant.*",
                        (r, t, e) -> new ResourceLock(r, t, e) {
                            @Override
                            void giveUp(Waiter waiter, Moment now) {
                                if (waiters.queue.contains(waiter)) {
                                    super.giveUp(waiter, now);
                                }
                            }
                        }),
                store("the store grants what another holds", OVERLAP, () -> new LocalRecord() {
                    @Override
                    boolean isFree() {
                        return true;
                    }
                }),
                store("a release matches whoever holds", OVERLAP, () -> new LocalRecord() {
                    @Override
                    boolean owns(Ticket ticket) {
                        return !isFree();
                    }
                }),
                store("the store forgets a lease before its end", OVERLAP, () -> new LocalRecord() {
                    @Override
                    void prolong(LeaseRequest request, Moment now) {
                        super.prolong(
                                new LeaseRequest(
                                        request.resource(),
                                        request.ticket(),
                                        request.lease().dividedBy(2),
                                        request.holder(),
                                        request.sentAt()),
                                now);
                    }
                }),
                store("a base is used again", ".*does not rise", () -> new LocalRecord() {
                    @Override
                    long nextBase(HybridClock bases, Moment now) {
                        return 1_700_000_000_000_000L;
                    }
                }));
    }

    private interface MakeLock {
        ResourceLock make(Resource resource, Tickets tickets, ArrayDeque<Effect> effects);
    }

    private static Arguments lock(String rule, String expected, MakeLock make) {
        return Arguments.of(
                rule,
                new Walk.Rules() {
                    @Override
                    public ResourceLock lock(Resource resource, Tickets tickets, ArrayDeque<Effect> effects) {
                        return make.make(resource, tickets, effects);
                    }
                },
                expected);
    }

    private static Arguments store(String rule, String expected, Supplier<LocalRecord> make) {
        return Arguments.of(
                rule,
                new Walk.Rules() {
                    @Override
                    public LocalRecord record() {
                        return make.get();
                    }
                },
                expected);
    }
}
