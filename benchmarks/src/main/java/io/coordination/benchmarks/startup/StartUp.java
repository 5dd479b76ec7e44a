package io.coordination.benchmarks.startup;

import io.coordination.benchmarks.report.Page;
import io.coordination.benchmarks.report.Spread;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Starts an application with and without the starter, in turns, each in a JVM of its own. */
public final class StartUp {

    private static final String PEERS =
            "lock4j|shedlock|spring-integration|jmh|tomcat|curator|zookeeper|redisson|redis|lettuce"
                    + "|hazelcast|netty|guava|spring-data|rxjava|kryo|cache-api";

    private StartUp() {}

    /** So many pairs. */
    public static Page measure(int pairs) throws IOException, InterruptedException {
        List<Started> without = new ArrayList<>();
        List<Started> with = new ArrayList<>();
        start(BareApplication.class);
        start(LockedApplication.class);
        for (int i = 0; i < pairs; i++) {
            without.add(start(BareApplication.class));
            with.add(start(LockedApplication.class));
        }
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            wall.add(with.get(i).millis() - without.get(i).millis());
            cpu.add(with.get(i).cpuMillis() - without.get(i).cpuMillis());
        }
        TreeSet<String> threads = new TreeSet<>();
        with.forEach(one -> threads.addAll(one.threads()));
        without.forEach(one -> threads.removeAll(one.threads()));
        Page page = new Page("What the starter adds to the start of an application");
        page.paragraph(
                "An application with Actuator, one bean and no web server; with the starter, two methods of the bean are under a lock."
                        + " From the start of the JVM until the application is ready, " + pairs + " pairs in turns.");
        page.table(
                "Milliseconds",
                List.of("", "until ready", "of processor time"),
                List.of(
                        row("without the starter", without),
                        row("with the starter", with),
                        List.of(
                                "**more in the same pair**",
                                Spread.of(wall).inWords(),
                                Spread.of(cpu).inWords())));
        page.paragraph("Threads that only the application with the starter has: "
                + (threads.isEmpty() ? "none" : threads) + ".");
        return page;
    }

    private static List<String> row(String label, List<Started> all) {
        return List.of(
                label,
                Spread.of(all.stream().map(Started::millis).toList()).inWords(),
                Spread.of(all.stream().map(Started::cpuMillis).toList()).inWords());
    }

    private static Started start(Class<?> application) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(application == LockedApplication.class),
                        application.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(application + " did not start:\n" + output);
        }
        return Started.read(output);
    }

    /** That of this JVM without the peers, and without the starter if it is not to be there. */
    private static String classPath(boolean starter) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.matches(".*(" + PEERS + ").*"))
                .filter(entry -> starter || !entry.matches(".*coordination-(core|spring-boot-starter).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
