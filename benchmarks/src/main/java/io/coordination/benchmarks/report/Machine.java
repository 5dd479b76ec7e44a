package io.coordination.benchmarks.report;

import com.baomidou.lock.annotation.Lock4j;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.javacrumbs.shedlock.core.LockProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.integration.support.locks.LockRegistry;

/** On what something was measured. */
public final class Machine {

    private Machine() {}

    static String inWords() {
        return Runtime.getRuntime().availableProcessors() + " cores of " + processor() + ", "
                + System.getProperty("os.name") + ", "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ". Spring Boot "
                + SpringBootVersion.getVersion() + ", Spring " + SpringVersion.getVersion() + ", Spring Integration "
                + version(LockRegistry.class) + ", ShedLock " + version(LockProvider.class) + ", lock4j "
                + version(Lock4j.class) + ".";
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException elsewhere) {
            return System.getProperty("os.arch");
        }
    }

    /** From the name of the jar: not all say it in their manifest. */
    public static String version(Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return jar.replaceAll(".*-(\\d[^/]*)\\.jar", "$1");
    }
}
