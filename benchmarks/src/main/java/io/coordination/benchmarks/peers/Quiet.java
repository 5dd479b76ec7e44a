package io.coordination.benchmarks.peers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** What the subjects would log, most of it about each other's ends. */
final class Quiet {

    private static final List<String> NOISY =
            List.of("org.apache.zookeeper", "org.apache.curator", "org.redisson", "org.springframework.integration");

    private Quiet() {}

    static void please() {
        LogManager.getLogManager().reset();
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        loggers.getLogger("ROOT").setLevel(Level.ERROR);
        NOISY.forEach(name -> loggers.getLogger(name).setLevel(Level.OFF));
    }
}
