package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

@Tag("aop")
class LockKeyTests {

    @Test
    void theKeyIsReadFromTheArguments() {
        run(shop -> {
            assertThat(shop.property(new Order(7, "open"))).isEqualTo("7");
            assertThat(shop.numbered("a", "b")).isEqualTo("b/a");
            assertThat(shop.rooted("a")).isEqualTo("rooted-a");
            assertThat(shop.bean("EU")).isEqualTo("region-EU");
            assertThat(shop.constant()).isEqualTo("order-1");
        });
    }

    @Test
    void theKeyIsTheTextOfTheValue() {
        UUID id = UUID.randomUUID();
        run(shop -> {
            assertThat(shop.any(id)).isEqualTo(id.toString());
            assertThat(shop.any(12L)).isEqualTo("12");
            assertThat(shop.any(Thread.State.NEW)).isEqualTo("NEW");
            assertThat(shop.any(Optional.of("x"))).isEqualTo("x");
            assertThat(shop.any(new Order(1, "open"))).isEqualTo("Order[id=1, state=open]");
            assertThat(shop.any("#{1+1} ${x} T(java.lang.Runtime)")).isEqualTo("#{1+1} ${x} T(java.lang.Runtime)");
        });
    }

    @Test
    void theKeyStaysRightWhenTheExpressionHasBeenCompiled() {
        run(shop -> {
            for (int i = 0; i < 500; i++) {
                assertThat(shop.property(new Order(i, "open"))).isEqualTo(String.valueOf(i));
                assertThat(shop.any(i % 2 == 0 ? (Object) i : "text" + i)).isEqualTo(i % 2 == 0 ? "" + i : "text" + i);
            }
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void aKeyWithoutTextIsRefused(String value) {
        run(shop -> assertThatThrownBy(() -> shop.any(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"#value\"")
                .hasMessageContaining("\"shop\"")
                .hasMessageContaining("Shop.any(Object)"));
    }

    @Test
    void aKeyThatIsNotOneValueIsRefused() {
        run(shop -> {
            assertThatThrownBy(() -> shop.any(List.of(1))).hasMessageContaining("not a single value");
            assertThatThrownBy(() -> shop.any(new int[] {1})).hasMessageContaining("not a single value");
            assertThatThrownBy(() -> shop.any(Optional.empty())).hasMessageContaining("is null");
            assertThatThrownBy(() -> shop.any(new Object())).hasMessageContaining("no text of its own");
        });
    }

    private static void run(java.util.function.Consumer<Shop> check) {
        LockContext.with(Shop.class, Regions.class).run(app -> {
            assertThat(app).hasNotFailed();
            check.accept(app.getBean(Shop.class));
        });
    }

    record Order(int id, String state) {}

    static class Regions {

        @Bean
        Region region() {
            return new Region();
        }
    }

    static class Region {

        public String of(String code) {
            return "region-" + code;
        }
    }

    static class Shop {

        private final DistributedLockManager locks;

        Shop(DistributedLockManager locks) {
            this.locks = locks;
        }

        private String key() {
            return locks.current().map(Lease::resource).orElseThrow().key();
        }

        @WithLock(name = "shop", key = "#order.id")
        String property(Order order) {
            return key();
        }

        @WithLock(name = "shop", key = "#p1 + '/' + #a0")
        String numbered(String first, String second) {
            return key();
        }

        @WithLock(name = "shop", key = "methodName + '-' + args[0]")
        String rooted(String value) {
            return key();
        }

        @WithLock(name = "shop", key = "@region.of(#code)")
        String bean(String code) {
            return key();
        }

        @WithLock(name = "shop", key = "'order-1'")
        String constant() {
            return key();
        }

        @WithLock(name = "shop", key = "#value")
        String any(Object value) {
            return key();
        }
    }
}
