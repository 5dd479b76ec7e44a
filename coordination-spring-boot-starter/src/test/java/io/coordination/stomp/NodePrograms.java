package io.coordination.stomp;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs for Node, with modules that are taken from webjars. */
final class NodePrograms {

    private static final Logger LOG = LoggerFactory.getLogger(NodePrograms.class);
    private static final String REQUIRED = "COORDINATION_REQUIRE_PROGRAMS";
    private static final String MISSING =
            "There is no node, no nodejs on the PATH. Install Node 18 or newer, or name it"
                    + " with -Dnode=... or the environment variable NODE.";

    private final Path folder;

    NodePrograms(Path folder) {
        this.folder = folder;
    }

    /** Without Node the test counts as not run; where programs are required, as failed. */
    static Path node() {
        Optional<Path> found = candidates().filter(Files::isExecutable).findFirst();
        if (found.isEmpty() && Boolean.parseBoolean(System.getenv(REQUIRED))) {
            fail(MISSING + " " + REQUIRED + " is set, so this is a failure.");
        } else if (found.isEmpty()) {
            LOG.warn("Tests that need Node are not run. {}", MISSING);
            abort(MISSING);
        }
        return found.get();
    }

    private static Stream<Path> candidates() {
        String named = Optional.ofNullable(System.getProperty("node")).orElse(System.getenv("NODE"));
        if (named != null) {
            return Stream.of(Path.of(named));
        }
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.of("node", "nodejs").flatMap(name -> folders.stream().map(path -> Path.of(path, name)));
    }

    /** Makes what a webjar has a module of this name. */
    void addModule(String webjar, String module) throws IOException {
        String marker = "META-INF/maven/org.webjars.npm/" + webjar + "/pom.properties";
        URL url = getClass().getClassLoader().getResource(marker);
        try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String prefix = "META-INF/resources/webjars/" + webjar + "/";
                if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
                    // After the prefix comes the version
                    String path = entry.getName().substring(entry.getName().indexOf('/', prefix.length()) + 1);
                    Path target = folder.resolve("node_modules").resolve(module).resolve(path);
                    Files.createDirectories(target.getParent());
                    try (InputStream in = jar.getInputStream(entry);
                            OutputStream out = Files.newOutputStream(target)) {
                        in.transferTo(out);
                    }
                }
            }
        }
    }

    /** The lines it prints until it ends. */
    List<String> run(String script, String... arguments) throws IOException, InterruptedException {
        Path file = folder.resolve(script);
        try (InputStream in = getClass().getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(node().toString(), file.toString()), Stream.of(arguments))
                                .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (!ended) {
            fail("It did not end. It said " + lines);
        }
        return lines;
    }
}
