package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that is not from Maven: where it is, or what becomes of the tests that need it. */
record Program(String name, List<String> usualNames) {

    static final Program CHROMIUM =
            new Program("chromium", List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"));
    static final Program CHROMEDRIVER = new Program("chromedriver", List.of("chromedriver"));

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();
    private static final String REQUIRED = "COORDINATION_REQUIRE_PROGRAMS";

    /** Without the program the test counts as not run; where programs are required, as failed. */
    File find() {
        Optional<File> found =
                candidates().filter(Files::isExecutable).findFirst().map(Path::toFile);
        if (found.isEmpty() && Boolean.parseBoolean(System.getenv(REQUIRED))) {
            fail(missing() + " " + REQUIRED + " is set, so this is a failure.");
        }
        return found.orElseGet(this::leaveOut);
    }

    private File leaveOut() {
        // Surefire writes the reason into its report only
        if (SAID.add(name)) {
            LOG.warn("Tests that need {} are not run. {}", name, missing());
        }
        return abort(missing());
    }

    /** One that was named, but is not there, is not replaced by another in silence. */
    private Stream<Path> candidates() {
        return named().map(name -> Stream.of(Path.of(name))).orElseGet(() -> onPath());
    }

    private Optional<String> named() {
        return Optional.ofNullable(System.getProperty(name)).or(() -> Optional.ofNullable(System.getenv(variable())));
    }

    private Stream<Path> onPath() {
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return usualNames.stream().flatMap(usual -> folders.stream().map(folder -> Path.of(folder, usual)));
    }

    private String missing() {
        return named().map(path -> "There is no program " + path + ", which was named as " + name + ".")
                .orElseGet(() -> "There is no " + String.join(", no ", usualNames) + " on the PATH. Install " + name
                        + ", or name it with -D" + name + "=... or the environment variable " + variable() + ".");
    }

    private String variable() {
        return name.toUpperCase(Locale.ROOT);
    }
}
