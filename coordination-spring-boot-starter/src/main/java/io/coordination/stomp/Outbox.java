package io.coordination.stomp;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to a line, one being sent at a time, in the order of the calls.
 *
 * <p>Threads: any. Blocking: never. Bounds: a pipe hands over one write at a time; replies are counted by {@link #replies()}.
 */
final class Outbox {

    /** What is done when its turn has come. */
    private record Task(@Nullable ByteBuffer message, boolean text, boolean reply, Runnable after) {}

    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger replies = new AtomicInteger();
    private final Sender sender;
    private volatile boolean sending;

    Outbox(Sender sender) {
        this.sender = sender;
    }

    void send(ByteBuffer message, boolean text) {
        put(new Task(message, text, false, () -> {}));
    }

    void reply(ByteBuffer message, boolean text) {
        replies.incrementAndGet();
        put(new Task(message, text, true, () -> {}));
    }

    /** Runs this after everything before it was sent. */
    void run(Runnable task) {
        put(new Task(null, false, false, task));
    }

    /** How many replies wait. */
    int replies() {
        return replies.get();
    }

    private void put(Task task) {
        tasks.add(task);
        go();
    }

    /** Whoever comes first does it for all that come meanwhile, so that sends that are done at once do not nest. */
    private void go() {
        if (due.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            doWhatIsDue();
            seen = due.addAndGet(-seen);
        } while (seen != 0);
    }

    private void doWhatIsDue() {
        while (!sending) {
            Task task = tasks.poll();
            if (task == null) {
                return;
            }
            if (task.message() == null) {
                task.after().run();
            } else {
                sending = true;
                sender.send(task.message(), task.text(), () -> sent(task));
            }
        }
    }

    private void sent(Task task) {
        if (task.reply()) {
            replies.decrementAndGet();
        }
        sending = false;
        go();
    }

    /** Sends one message, and says when it was sent; never if that fails. */
    @FunctionalInterface
    interface Sender {
        void send(ByteBuffer message, boolean text, Runnable sent);
    }
}
