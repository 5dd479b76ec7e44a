package io.coordination.benchmarks.startup;

import io.coordination.annotation.WithLock;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same with the starter and methods under a lock, one of them with a key. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class LockedApplication {

    public static void main(String[] args) {
        BareApplication.start(LockedApplication.class);
    }

    @Bean
    Office office() {
        return new Office();
    }

    /** Has methods under a lock. */
    public static class Office {

        @WithLock(name = "report")
        public void report() {}

        @WithLock(name = "seat", key = "#id")
        public void sell(long id) {}
    }
}
