package io.coordination.benchmarks.startup;

import io.coordination.annotation.WithLock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The same with the starter, and the methods of the bean under a lock, one of them with a key. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class LockedApplication {

    public static void main(String[] args) {
        Started.run(LockedApplication.class);
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
