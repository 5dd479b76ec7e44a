package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Body;
import io.coordination.channel.Cause;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import io.coordination.channel.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An end of a pipe that notes what it is told, and answers as the test wants. It knows no secret. */
final class TestEnd implements Pipe.Listener {

    record Complaint(Cause cause, String reason) {}

    static final Greeting HUB = Greeting.of(Map.of("node", "hub", "versions", "1"));

    private static final int SECONDS = 20;

    final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Complaint> complaints = new LinkedBlockingQueue<>();
    final CompletableFuture<Pipe> pipe = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final AtomicInteger told = new AtomicInteger();
    final AtomicInteger toldAfterTheEnd = new AtomicInteger();

    private final Function<Frame, List<Frame>> answers;
    private final Queue<Frame> waiting = new ArrayDeque<>();
    private boolean writing;
    private volatile boolean closeWhenSaid;

    TestEnd(Function<Frame, List<Frame>> answers) {
        this.answers = answers;
    }

    /** Only notes. */
    static TestEnd silent() {
        return new TestEnd(frame -> List.of());
    }

    /** As a hub that believes everybody, acknowledges data, and sends back what is sent to "echo", as data if it was. */
    static TestEnd trusting() {
        return new TestEnd(frame -> {
            if (frame instanceof Frame.Hello) {
                return List.of(new Frame.Welcome(HUB, ""));
            } else if (frame instanceof Frame.Proof) {
                return List.of(new Frame.Accepted());
            } else if (frame instanceof Frame.Ping ping) {
                return List.of(new Frame.Pong(ping.stamp(), 7));
            } else if (frame instanceof Frame.Message message) {
                List<Frame> all = new ArrayList<>();
                if (message.number() > 0) {
                    all.add(new Frame.Acknowledged(message.number()));
                }
                if (message.destination().name().equals("echo")) {
                    all.add(message);
                }
                return all;
            }
            return List.of();
        });
    }

    /** As a peer that dials a trusting hub. */
    static TestEnd dialing() {
        return new TestEnd(frame -> frame instanceof Frame.Welcome ? List.of(new Frame.Proof("")) : List.of());
    }

    static Frame.Message message(long number, String destination, String body) {
        return new Frame.Message(number, new Destination(destination), Body.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    void say(Frame... frames) {
        synchronized (waiting) {
            waiting.addAll(List.of(frames));
        }
        write();
    }

    /** One write at a time, as the port demands. */
    private void write() {
        List<Frame> now;
        synchronized (waiting) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
            now = List.copyOf(waiting);
            waiting.clear();
        }
        pipe.join().write(now, () -> {
            synchronized (waiting) {
                writing = false;
            }
            write();
            closeIfAllIsSaid();
        });
    }

    private void closeIfAllIsSaid() {
        boolean said;
        synchronized (waiting) {
            said = !writing && waiting.isEmpty();
        }
        if (closeWhenSaid && said) {
            pipe.join().close();
        }
    }

    @Override
    public void opened(Pipe opened) {
        note();
        pipe.complete(opened);
    }

    @Override
    public void received(Frame frame) {
        note();
        received.add(frame);
        answers.apply(frame).forEach(this::say);
    }

    @Override
    public void malformed(Cause cause, String reason) {
        note();
        complaints.add(new Complaint(cause, reason));
        if (cause != Cause.DESTINATION) {
            closeWhenSaid = true;
            say(new Frame.Refused(reason));
        }
    }

    @Override
    public void closed(String reason) {
        note();
        end.complete(reason);
    }

    private void note() {
        told.incrementAndGet();
        if (end.isDone()) {
            toldAfterTheEnd.incrementAndGet();
        }
    }

    Frame next() {
        try {
            Frame frame = received.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(frame).as("the next frame").isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Complaint complaint() {
        try {
            Complaint complaint = complaints.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(complaint).as("a complaint").isNotNull();
            return complaint;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String end() {
        return end.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    Pipe pipe() {
        return pipe.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }
}
