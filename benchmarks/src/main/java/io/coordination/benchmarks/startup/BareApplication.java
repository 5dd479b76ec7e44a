package io.coordination.benchmarks.startup;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application with Actuator and one bean. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class BareApplication {

    public static void main(String[] args) {
        Started.run(BareApplication.class);
    }

    @Bean
    Office office() {
        return new Office();
    }

    /** Has methods without a lock. */
    public static class Office {

        public void report() {}

        public void sell(long id) {}
    }
}
