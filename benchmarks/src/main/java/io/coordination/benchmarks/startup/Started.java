package io.coordination.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A start of an application, as its JVM prints it and the measuring one reads it.
 *
 * @param millis from the start of the JVM until the application was ready
 * @param cpuMillis of all threads until then
 * @param threads their names
 */
record Started(double millis, double cpuMillis, List<String> threads) {

    @SuppressWarnings("try") // the context is there to be closed
    static void run(Class<?> application) {
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
            System.out.println("cpu-millis=" + processorMillis());
            System.out.println("threads=" + threads);
        }
    }

    static Started read(String output) {
        return new Started(
                Double.parseDouble(value(output, "ready-millis=")),
                Double.parseDouble(value(output, "cpu-millis=")),
                List.of(value(output, "threads=").split(",", -1)));
    }

    private static String value(String output, String key) {
        return output.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + key + " in:\n" + output));
    }

    private static long processorMillis() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean process
                ? TimeUnit.NANOSECONDS.toMillis(process.getProcessCpuTime())
                : 0;
    }
}
