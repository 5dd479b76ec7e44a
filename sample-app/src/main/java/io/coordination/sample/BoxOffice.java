package io.coordination.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * The box office: three instances in this JVM, at the ports 8080 to 8082. With {@code --box=box-a} it is that instance only, and
 * the database is a process of its own.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BoxOffice {

    private static final List<String> ALL = List.of("box-a", "box-b", "box-c");

    public static void main(String[] args) throws InterruptedException {
        String one = new SimpleCommandLinePropertySource(args).getProperty("box");
        if (one != null) {
            start(one, List.of("one-instance"), args);
        } else {
            startAll(args);
        }
    }

    /** Starts an instance in this JVM, and returns when it listens. */
    static ConfigurableApplicationContext start(String box, List<String> profiles, String... args)
            throws InterruptedException {
        var application = new SpringApplication(BoxOffice.class);
        application.setMainApplicationClass(BoxOffice.class);
        application.setAdditionalProfiles(profiles.toArray(String[]::new));
        application.setDefaultProperties(Map.of("box", box));
        return new InstanceThreads(box).call(() -> application.run(args));
    }

    /** All or none: the threads of those that have started would keep the JVM alive. */
    private static void startAll(String... args) throws InterruptedException {
        List<ConfigurableApplicationContext> started = new ArrayList<>();
        try {
            for (String box : ALL) {
                started.add(start(box, List.of(), args));
            }
        } catch (IllegalStateException e) {
            started.forEach(ConfigurableApplicationContext::close);
            throw e;
        }
    }
}
