package io.coordination;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.scheduling.TaskScheduler;

@AnalyzeClasses(
        packages = {
            "io.coordination.annotation",
            "io.coordination.spring",
            "io.coordination.jdbc",
            "io.coordination.stomp"
        },
        importOptions = ArchitectureTests.MainOfThisModule.class)
class ArchitectureTests {

    /** Every public type of the starter, one a line: public means meant to be public. */
    private static final String PUBLIC_TYPES = """
            io.coordination.annotation.WhenBusy
            io.coordination.annotation.WithLock
            io.coordination.jdbc.FenceTable
            io.coordination.jdbc.JdbcFencingGuard
            io.coordination.spring.actuate.CoordinationEndpoint
            io.coordination.spring.actuate.CoordinationHealthIndicator
            io.coordination.spring.actuate.CoordinationNode
            io.coordination.spring.actuate.CoordinationReport
            io.coordination.spring.actuate.LockHistory
            io.coordination.spring.actuate.PeerReport
            io.coordination.spring.actuate.PeerStatus
            io.coordination.spring.autoconfigure.CoordinationAutoConfiguration
            io.coordination.spring.autoconfigure.CoordinationEndpointAutoConfiguration
            io.coordination.spring.autoconfigure.CoordinationHealthAutoConfiguration
            io.coordination.spring.autoconfigure.CoordinationMetricsAutoConfiguration
            io.coordination.spring.autoconfigure.CoordinationPeersAutoConfiguration
            io.coordination.spring.autoconfigure.CoordinationProperties
            io.coordination.spring.autoconfigure.JdbcFencingAutoConfiguration
            io.coordination.spring.autoconfigure.WithLockAutoConfiguration
            io.coordination.spring.lock.ConfiguredLocks
            io.coordination.spring.lock.InvalidWithLockException
            io.coordination.spring.lock.LockNameListener
            io.coordination.spring.lock.LockSettings
            io.coordination.spring.lock.LockWaitInterruptedException
            io.coordination.spring.lock.WithLockConfiguration
            io.coordination.spring.metrics.LockMeters
            io.coordination.spring.metrics.PeerMeters
            io.coordination.stomp.StompTransport
            """;

    static final class MainOfThisModule implements ImportOption {

        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return location.contains("coordination-spring-boot-starter/target/classes");
        }
    }

    @ArchTest
    static final ArchRule autoConfigurationsAreFinalAndLetNobodyCallTheirBeans = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule beanMethodsArePackagePrivate =
            methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule postProcessorsAreMadeByStaticMethods = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .and()
            .haveRawReturnType(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "a post processor", type -> type.isAssignableTo(BeanPostProcessor.class)))
            .should()
            .beStatic();

    /** Beans of these types make Spring Boot's own back off, and an application would lose its executors. */
    @ArchTest
    static final ArchRule noBeanTakesThePlaceOfAnExecutorOfTheApplication = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .notHaveRawReturnType(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "an executor or scheduler",
                    type -> type.isAssignableTo(Executor.class) || type.isAssignableTo(TaskScheduler.class)));

    @ArchTest
    static final ArchRule nothingIsScannedFor = noClasses().should().beAnnotatedWith(ComponentScan.class);

    /** An instance without Tomcat dials all the same: only these classes are left alone there. */
    @ArchTest
    static final ArchRule onlyTheHubKnowsTomcat = noClasses()
            .that()
            .resideInAPackage("io.coordination.stomp")
            .and()
            .haveNameNotMatching(".*\\.(TomcatHub|Hub[A-Z]\\w*)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache..", "jakarta.servlet..", "jakarta.websocket..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.coordination.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsCalledUtilOrAbstract =
            noClasses().should().haveNameMatching(".*Utils?(\\$.*)?").orShould().haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static void publicMeansMeantToBePublic(JavaClasses classes) {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                found.add(type.getName());
            }
        }
        assertThat(found)
                .containsExactlyElementsOf(new TreeSet<>(PUBLIC_TYPES.lines().toList()));
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) throws ClassNotFoundException {
        for (JavaClass type : classes) {
            assertThat(Class.forName(type.getPackageName() + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(type.getPackageName())
                    .isTrue();
        }
    }
}
