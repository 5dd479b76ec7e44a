package io.coordination;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.coordination", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {
    private static final int MAX_LINES = 500;

    /** Every public top-level type of this module, one a line: public means meant to be public. */
    private static final String PUBLIC_TYPES = """
            io.coordination.CoordinationException
            io.coordination.ProcessId
            io.coordination.channel.Body
            io.coordination.channel.Cause
            io.coordination.channel.Channel
            io.coordination.channel.ChannelCounts
            io.coordination.channel.Destination
            io.coordination.channel.Frame
            io.coordination.channel.Greeting
            io.coordination.channel.Lane
            io.coordination.channel.LinkException
            io.coordination.channel.Member
            io.coordination.channel.MemberChange
            io.coordination.channel.MemberState
            io.coordination.channel.PeerChannel
            io.coordination.channel.PeerChannelBuilder
            io.coordination.channel.Pipe
            io.coordination.channel.Secret
            io.coordination.channel.Transport
            io.coordination.lock.AcquireAnswer
            io.coordination.lock.DistributedLockManager
            io.coordination.lock.EndedLease
            io.coordination.lock.FencingToken
            io.coordination.lock.Holder
            io.coordination.lock.Lease
            io.coordination.lock.LeaseFrame
            io.coordination.lock.LeaseLoss
            io.coordination.lock.LeaseLostException
            io.coordination.lock.LeaseRequest
            io.coordination.lock.LeaseState
            io.coordination.lock.LeaseStore
            io.coordination.lock.LocalLeaseStore
            io.coordination.lock.LockManagerBuilder
            io.coordination.lock.LockNotAcquiredException
            io.coordination.lock.LockObserver
            io.coordination.lock.LockOptions
            io.coordination.lock.LockStatus
            io.coordination.lock.LockedBody
            io.coordination.lock.LockedRun
            io.coordination.lock.OnLost
            io.coordination.lock.ReleaseAnswer
            io.coordination.lock.RenewAnswer
            io.coordination.lock.Resource
            io.coordination.lock.StaleTokenException
            io.coordination.lock.Ticket
            io.coordination.lock.WakeUps
            io.coordination.peer.DataDirectory
            io.coordination.peer.DataDirectoryException
            io.coordination.peer.Envelope
            io.coordination.channel.MalformedMessageException
            io.coordination.peer.NoMajorityException
            io.coordination.peer.PeerGroup
            io.coordination.peer.PeerLeaseStore
            io.coordination.peer.PeerLeaseStoreBuilder
            io.coordination.peer.PeerMessage
            io.coordination.peer.PeerState
            io.coordination.peer.PeerWire
            io.coordination.peer.TokenCeiling
            io.coordination.runtime.BriefSpin
            io.coordination.runtime.Callbacks
            io.coordination.runtime.EffectQueue
            io.coordination.runtime.RunningBody
            io.coordination.runtime.SecureNonces
            io.coordination.runtime.SystemScheduler
            io.coordination.runtime.SystemTimeSource
            io.coordination.time.HybridClock
            io.coordination.time.Moment
            io.coordination.time.Scheduler
            io.coordination.time.TimeSource
            """;

    @ArchTest
    static final ArchRule needsOnlyTheJdkSlf4jAndJspecify = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.slf4j..", "org.jspecify..", "io.coordination..")
            .allowEmptyShould(true);

    /** Protocols get time, threads and chance from outside, so that a simulator can run them. */
    @ArchTest
    static final ArchRule onlyRuntimeOwnsTimeThreadsAndChance = noClasses()
            .that()
            .resideOutsideOfPackage("io.coordination.runtime..")
            .should()
            .accessTargetWhere(describe("reads a clock", ArchitectureTests::readsClock))
            .orShould()
            .accessTargetWhere(describe("uses a thread", ArchitectureTests::usesThread))
            .orShould()
            .accessTargetWhere(describe("leaves something to chance", ArchitectureTests::leavesToChance))
            .orShould()
            .dependOnClassesThat(describe("bring threads or chance", ArchitectureTests::bringsThreadsOrChance))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.coordination.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsCalledUtil = noClasses()
            .should()
            .haveNameMatching(".*Utils?(\\$.*)?")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsCalledAbstract =
            noClasses().should().haveSimpleNameStartingWith("Abstract").allowEmptyShould(true);

    @ArchTest
    static final ArchRule noMethodIsSynchronized =
            noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).allowEmptyShould(true);

    @ArchTest
    static void publicMeansMeantToBePublic(JavaClasses classes) {
        SortedSet<String> actual = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                actual.add(type.getName());
            }
        }
        SortedSet<String> meant = new TreeSet<>(PUBLIC_TYPES.lines().toList());
        assertSoftly(softly -> {
            softly.assertThat(difference(actual, meant))
                    .as("public, but not meant to be")
                    .isEmpty();
            softly.assertThat(difference(meant, actual))
                    .as("meant to be public, but is not")
                    .isEmpty();
        });
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        SortedSet<String> unmarked = new TreeSet<>();
        for (JavaClass type : classes) {
            if (!isNullMarked(type.getPackageName())) {
                unmarked.add(type.getPackageName());
            }
        }
        assertThat(unmarked)
                .as("packages without a package-info that is @NullMarked")
                .isEmpty();
    }

    @Test
    void noSourceFileIsTooLong() throws IOException {
        SortedMap<Path, Long> tooLong = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("basedir", "."), "src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                long lines = lines(file);
                if (lines > MAX_LINES) {
                    tooLong.put(file, lines);
                }
            });
        }
        assertThat(tooLong).as("source files of more than %d lines", MAX_LINES).isEmpty();
    }

    private static boolean readsClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        return owner.isEquivalentTo(System.class) && (name.equals("nanoTime") || name.equals("currentTimeMillis"))
                || owner.isEquivalentTo(Clock.class)
                        && (name.startsWith("system") || name.startsWith("tick") && !name.equals("tick"))
                || owner.getPackageName().startsWith("java.time")
                        && name.equals("now")
                        && !hasParameter(access, Clock.class);
    }

    private static boolean usesThread(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean hidden = name.equals("orTimeout")
                || name.equals("completeOnTimeout")
                || name.equals("delayedExecutor")
                || name.endsWith("Async") && !hasParameter(access, Executor.class);
        return owner.isAssignableTo(Thread.class) || owner.isAssignableTo(CompletableFuture.class) && hidden;
    }

    private static boolean leavesToChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        return (owner.isEquivalentTo(Math.class) || owner.isEquivalentTo(StrictMath.class)) && name.equals("random")
                || owner.isEquivalentTo(UUID.class) && name.equals("randomUUID")
                || owner.isEquivalentTo(RandomGenerator.class) && (name.equals("of") || name.equals("getDefault"))
                || owner.isEquivalentTo(Collections.class)
                        && name.equals("shuffle")
                        && !hasParameter(access, RandomGenerator.class)
                        && !hasParameter(access, java.util.Random.class);
    }

    /** The interface {@link RandomGenerator} is allowed: it is how chance is handed in. */
    private static boolean bringsThreadsOrChance(JavaClass type) {
        return type.isAssignableTo(RandomGenerator.class) && !type.isEquivalentTo(RandomGenerator.class)
                || type.isEquivalentTo(RandomGeneratorFactory.class)
                || type.isEquivalentTo(Executors.class)
                || type.isAssignableTo(ThreadPoolExecutor.class)
                || type.isAssignableTo(ForkJoinPool.class)
                || type.isAssignableTo(Timer.class)
                || type.isEquivalentTo(LockSupport.class);
    }

    private static boolean hasParameter(JavaAccess<?> access, Class<?> parameter) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter));
    }

    private static boolean isNullMarked(String packageName) {
        try {
            return Class.forName(packageName + ".package-info").isAnnotationPresent(NullMarked.class);
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static SortedSet<String> difference(Collection<String> some, Collection<String> others) {
        SortedSet<String> difference = new TreeSet<>(some);
        difference.removeAll(others);
        return difference;
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
