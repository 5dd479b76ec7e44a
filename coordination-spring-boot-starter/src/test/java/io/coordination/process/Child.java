package io.coordination.process;

import io.coordination.process.Line.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An {@link Instance} in a process of its own, as whoever started it sees it. For one thread. */
final class Child {

    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    private static final long PATIENCE = 60;

    private final Run run;
    private final History history;
    private final Process process;
    private final Thread reader;
    private final LinkedBlockingQueue<Line> answers = new LinkedBlockingQueue<>();
    private volatile boolean ready;
    private volatile boolean isToEnd;

    Child(Run run, List<String> arguments, Path log, History history) {
        this.run = run;
        this.history = history;
        List<String> command = new ArrayList<>(JVM);
        command.add(Instance.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("CLASSPATH", System.getProperty("java.class.path")));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::listen, "reader-" + run);
        reader.setDaemon(true);
        reader.start();
    }

    Run run() {
        return run;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isReady() {
        return ready;
    }

    /** Tells it what {@link Orders} understands. */
    void tell(String order) {
        try {
            process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it said next, of this kind, about what it was told to do. */
    Line answer(Kind kind) {
        while (true) {
            Line line;
            try {
                line = answers.poll(PATIENCE, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts tests.", e);
            }
            if (line == null) {
                throw new IllegalStateException(run + " did not say " + kind + " for " + PATIENCE + " s.");
            }
            if (line.kind() == kind) {
                return line;
            }
        }
    }

    // ---- signals

    void stop() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    void kill() {
        end("KILL");
    }

    void terminate() {
        end("TERM");
    }

    private void end(String signal) {
        isToEnd = true;
        long alive = System.nanoTime();
        signal(signal);
        try {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                history.violated(run + " did not end within " + PATIENCE + " s after SIG" + signal + ".");
                process.destroyForcibly().waitFor();
            }
            reader.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts tests.", e);
        }
        run.ended(alive);
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(run + " cannot be sent SIG" + signal + ": kill ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts tests.", e);
        }
    }

    // ---- what it says

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                if (Line.isWhole(text)) {
                    heard(Line.parse(text));
                } else if (!isToEnd) {
                    history.violated(run + " said half a line: " + text);
                }
            }
        } catch (IOException | RuntimeException e) {
            history.violated(run + " cannot be heard: " + e);
        }
        if (!isToEnd) {
            history.violated(run + " ended by itself.");
        }
    }

    private void heard(Line line) {
        ready |= line.kind() == Kind.READY;
        history.heard(run, line);
        if (line.kind() == Kind.LINKS || line.words().equals(Orders.WORDS) && line.kind() != Kind.HELD) {
            answers.add(line);
        }
    }
}
