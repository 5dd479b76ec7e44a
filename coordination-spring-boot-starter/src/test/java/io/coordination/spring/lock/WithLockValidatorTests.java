package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.annotation.WhenBusy;
import io.coordination.annotation.WithLock;
import io.coordination.lock.OnLost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.PriorityOrdered;
import reactor.core.publisher.Mono;

@Tag("aop")
@ExtendWith(OutputCaptureExtension.class)
class WithLockValidatorTests {

    @Test
    void methodsThatCannotBeInterceptedAreNamed() {
        assertProblems(
                LockContext.with(Unreachable.class),
                "Unreachable.hidden(): a private method",
                "Unreachable.shared(): a static method",
                "Unreachable.closed(): a final method");
        assertProblems(lazily(LockContext.with(FinalClass.class)), "FinalClass.run(): the class is final");
    }

    @Test
    void aMethodThatAProxyOfInterfacesDoesNotHaveIsNamed() {
        ApplicationContextRunner byInterfaces =
                LockContext.with(Named.class).withPropertyValues("spring.aop.proxy-target-class=false");
        assertProblems(byInterfaces, "Named.notInTheInterface(): the bean has a proxy of its interfaces");
        assertProblems(lazily(byInterfaces), "Named.notInTheInterface(): the bean has a proxy of its interfaces");
        assertProblems(LockContext.with(Named.class));
    }

    @Test
    void keysThatCannotBeReadAreNamed() {
        assertProblems(
                LockContext.with(Keys.class),
                "Keys.unparsable(Order): key = \"#order.\" is not a SpEL expression",
                "Keys.unknown(Order): key = \"#ordr.id\" uses the unknown variable #ordr; known are #order, #p0",
                "Keys.unknownProperty(Order): key = \"#order.idd\" uses the unknown property idd of Order",
                "Keys.unknownDeepProperty(Order): key = \"#order.address.town\" uses the unknown property town of Address",
                "Keys.unknownMethod(Order): key = \"#order.number()\" calls the unknown method number of Order",
                "Keys.unquoted(Order): key = \"order-1\" uses the unknown name order; #order is an argument",
                "Keys.arithmetic(): key = \"2026-11\" computes the same for every call",
                "Keys.function(Order): key = \"#twice(#order)\" calls an unknown function",
                "Keys.assigned(Order): key = \"#order = 5\" changes something: a key is only read",
                "Keys.counted(Order): key = \"#order.stops[0]++\" changes something: a key is only read",
                "Keys.countedDown(Order): key = \"--#order\" changes something: a key is only read");
    }

    @Test
    void keysThatMayBeRightAreLeftAlone() {
        assertProblems(LockContext.with(GoodKeys.class));
    }

    @Test
    void settingsThatCannotWorkAreNamed() {
        assertProblems(
                LockContext.with(Settings.class),
                "Settings.unreadable(): lease = \"soon\" is not a duration",
                "Settings.negative(): lease: lease is longer than zero",
                "Settings.many(): waitAtMost: waitAtMost is not negative",
                "Settings.many(): maxRetries: maxRetries is not negative",
                "Settings.many(): onLost has 2 values",
                "Settings.placeholder(): lease = \"${no.such.lease}\"",
                "Settings.namePlaceholder(): name = \"${no.such.name}\"",
                "Settings.blank(): A lock name has at least one visible character",
                "Settings.control(): A lock name has no control characters",
                "Settings.twoNames(): the annotation contradicts itself");
    }

    @Test
    void returnTypesThatCannotWorkAreNamed() {
        assertProblems(
                LockContext.with(Results.class),
                "Results.plainFuture(): it returns Future, whose completion cannot be followed",
                "Results.ownFuture(): it returns FutureTask, whose completion cannot be followed",
                "Results.publisher(): it returns Publisher, whose subscriptions cannot be followed",
                "Results.javaPublisher(): it returns Publisher, whose subscriptions cannot be followed",
                "Results.skippedPrimitive(): a skipped call cannot be told from its result, which is int",
                "Results.skippedValue(): a skipped call cannot be told from its result, which is String",
                "Results.skippedStage(): a skipped call cannot be told from its result, which is CompletableFuture");
    }

    @Test
    void aSkipFromTheConfigurationIsCheckedAsWell() {
        assertProblems(
                LockContext.with(Valid.class).withPropertyValues("coordination.locks.names.valid.when-busy=skip"),
                "Valid.run(): a skipped call cannot be told from its result");
        assertProblems(LockContext.with(Valid.class));
    }

    @Test
    void beansThatAreMadeLaterAreCheckedAtStartUp() {
        assertProblems(LockContext.with(LazyBean.class), "LazyBean.closed(): a final method");
        assertProblems(
                lazily(LockContext.with(Unreachable.class)),
                "Unreachable.hidden(): a private method",
                "Unreachable.shared(): a static method",
                "Unreachable.closed(): a final method");
        assertProblems(LockContext.with(ScopedBean.class), "ScopedBean.closed(): a final method");
    }

    @Test
    void aBeanThatWasMadeTooEarlyForAProxyIsNamed() {
        assertProblems(
                LockContext.with(Valid.class, NeedsValid.class), "Valid.run(): the bean has no proxy with the lock");
    }

    @Test
    void theReportNamesEveryProblemAndWhatToDo(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Broken.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> application.run(
                        "--spring.main.web-application-type=none",
                        "--spring.main.lazy-initialization=true",
                        "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                        "--coordination.store=local"))
                .isInstanceOf(InvalidWithLockException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("4 uses of @WithLock cannot work:")
                .contains("Unreachable.hidden(): a private method cannot be intercepted. Make it public.")
                .contains("LazyBean.closed(): a final method")
                .contains("Change the annotations");
    }

    @Test
    void listenersLearnEveryNameOnce() {
        LockContext.with(Valid.class, Names.class, GoodKeys.class)
                .run(app -> assertThat(app.getBean(Names.class).names).containsExactly("good", "valid"));
    }

    private static ApplicationContextRunner lazily(ApplicationContextRunner runner) {
        return runner.withInitializer(app -> app.addBeanFactoryPostProcessor(
                new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()));
    }

    private static void assertProblems(ApplicationContextRunner runner, String... expected) {
        runner.run(app -> {
            if (expected.length == 0) {
                assertThat(app).hasNotFailed();
                return;
            }
            assertThat(app).hasFailed();
            assertThat(app.getStartupFailure()).isInstanceOf(InvalidWithLockException.class);
            String message = app.getStartupFailure().getMessage();
            assertThat(message)
                    .contains(List.of(expected).stream().map(what -> "$" + what).toList());
            assertThat(message.lines().skip(1)).as(message).hasSize(expected.length);
        });
    }

    record Address(String city) {}

    record Order(int id, Address address, Map<String, String> labels, List<Address> stops, Object anything) {}

    static class Unreachable {

        @WithLock
        private void hidden() {}

        @WithLock
        static void shared() {}

        @WithLock
        final void closed() {}
    }

    static final class FinalClass {

        @WithLock
        void run() {}
    }

    interface Service {

        void inTheInterface();
    }

    static class Named implements Service {

        @Override
        @WithLock
        public void inTheInterface() {}

        @WithLock
        public void notInTheInterface() {}
    }

    static class Keys {

        @WithLock(key = "#order.")
        void unparsable(Order order) {}

        @WithLock(key = "#ordr.id")
        void unknown(Order order) {}

        @WithLock(key = "#order.idd")
        void unknownProperty(Order order) {}

        @WithLock(key = "#order.address.town")
        void unknownDeepProperty(Order order) {}

        @WithLock(key = "#order.number()")
        void unknownMethod(Order order) {}

        @WithLock(key = "order-1")
        void unquoted(Order order) {}

        @WithLock(key = "2026-11")
        void arithmetic() {}

        @WithLock(key = "#twice(#order)")
        void function(Order order) {}

        @WithLock(key = "#order = 5")
        void assigned(Order order) {}

        @WithLock(key = "#order.stops[0]++")
        void counted(Order order) {}

        @WithLock(key = "--#order")
        void countedDown(Order order) {}
    }

    static class GoodKeys {

        @WithLock(name = "good", key = "#order.address.city.length()")
        void deep(Order order) {}

        @WithLock(name = "good", key = "#order.labels.shop + #order.labels['a'] + #order.labels[b]")
        void map(Order order) {}

        @WithLock(
                name = "good",
                key = "#order.stops[0].city + #order.stops.![city] + #order.stops.?[city == 'x'].size()")
        void list(Order order) {}

        @WithLock(name = "good", key = "#order.anything.whatever + #other.whatever + #many.length")
        void untyped(Order order, Object other, int[] many) {}

        @WithLock(
                name = "good",
                key = "#root.methodName + #this.args[0] + @bean.name + T(Math).abs(#p0) + #order?.intValue()")
        void others(Integer order) {}

        @WithLock(name = "good", key = "#value.name + #service.anything")
        <T extends Service> void generic(T value, Service service) {}

        @WithLock(name = "good", key = "42")
        void number() {}
    }

    static class Settings {

        @WithLock(lease = "soon")
        void unreadable() {}

        @WithLock(lease = "-1s")
        void negative() {}

        @WithLock(
                waitAtMost = "-1s",
                maxRetries = -2,
                onLost = {OnLost.REPORT, OnLost.INTERRUPT})
        void many() {}

        @WithLock(lease = "${no.such.lease}", waitAtMost = "${no.such.wait:1s}")
        void placeholder() {}

        @WithLock("${no.such.name}")
        void namePlaceholder() {}

        @WithLock(" ")
        void blank() {}

        @WithLock("a\u0007")
        void control() {}

        @WithLock(value = "one", name = "two")
        void twoNames() {}
    }

    static class Results {

        @WithLock
        Future<String> plainFuture() {
            return new CompletableFuture<>();
        }

        @WithLock
        FutureTask<String> ownFuture() {
            return new FutureTask<>(() -> "");
        }

        @WithLock
        Publisher<String> publisher() {
            return Mono.empty();
        }

        @WithLock
        Flow.Publisher<String> javaPublisher() {
            return subscriber -> {};
        }

        @WithLock(whenBusy = WhenBusy.SKIP)
        int skippedPrimitive() {
            return 0;
        }

        @WithLock(whenBusy = WhenBusy.SKIP)
        String skippedValue() {
            return "";
        }

        @WithLock(whenBusy = WhenBusy.SKIP)
        CompletableFuture<String> skippedStage() {
            return new CompletableFuture<>();
        }

        @WithLock(whenBusy = WhenBusy.SKIP)
        Optional<String> good() {
            return Optional.empty();
        }
    }

    static class Valid {

        @WithLock("valid")
        String run() {
            return "";
        }
    }

    /** Of those that come before the one that makes proxies. */
    static class NeedsValid implements BeanPostProcessor, PriorityOrdered, BeanFactoryAware {

        @Override
        public void setBeanFactory(BeanFactory beans) {
            assertThat(beans.getBean(Valid.class)).isNotNull();
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Lazy
    static class LazyBean {

        @WithLock
        final void closed() {}
    }

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class ScopedBean {

        @WithLock
        final void closed() {}
    }

    @EnableAutoConfiguration
    @Import({Unreachable.class, LazyBean.class})
    static class Broken {}

    static class Names implements LockNameListener {

        final List<String> names = new ArrayList<>();

        @Override
        public void lockNamed(String name) {
            names.add(name);
        }
    }
}
