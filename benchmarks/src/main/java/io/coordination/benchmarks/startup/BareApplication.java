package io.coordination.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application with Actuator. Prints how long it took from the start of the JVM until it was ready, and its threads. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {

    public static void main(String[] args) {
        start(BareApplication.class);
    }

    @SuppressWarnings("try") // the context is there to be closed
    static void start(Class<?> application) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=warn", "coordination.store=local")
                .run()) {
            long ready = System.currentTimeMillis();
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            String threads = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .sorted()
                    .collect(Collectors.joining(","));
            System.out.println("ready-millis=" + (ready - started));
            System.out.println("threads=" + threads);
            System.out.println("cpu-millis=" + cpuMillis());
        }
    }

    private static long cpuMillis() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean process
                ? TimeUnit.NANOSECONDS.toMillis(process.getProcessCpuTime())
                : 0;
    }
}
