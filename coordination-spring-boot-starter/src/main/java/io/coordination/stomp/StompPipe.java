package io.coordination.stomp;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.channel.Pipe;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipe over a line. The line's owner hands in what comes ({@code opened}, {@code read}, {@code broken}); calls of the listener
 * are made under a lock, one after another. The end is always told by the executor, never within a call of the listener's owner, who
 * may hold locks of its own.
 */
final class StompPipe implements Pipe, Conversation.Ear, FrameReader.Complaint {

    private static final Logger LOG = LoggerFactory.getLogger(StompPipe.class);
    private static final byte[] END_OF_LINE = {'\n'};

    private final Line line;
    private final Pipe.Listener listener;
    private final LinkThreads threads;
    private final FrameReader reader;
    private final Packer packer;
    private final Outbox outbox = new Outbox(this::send);
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean text;
    private volatile @Nullable String farewell;

    StompPipe(Line line, Conversation conversation, StompCodec codec, Pipe.Listener listener, LinkThreads threads) {
        this.line = line;
        this.listener = listener;
        this.threads = threads;
        this.reader = new FrameReader(codec, conversation, this);
        this.packer = new Packer(codec, conversation);
    }

    @Override
    public String remote() {
        return line.remote();
    }

    @Override
    public boolean isMutuallyAuthenticated() {
        return line.isMutuallyAuthenticated();
    }

    @Override
    public void write(List<Frame> frames, Runnable written) {
        if (closing.get()) {
            return;
        }
        try {
            packer.pack(frames, text).forEach(this::send);
            outbox.run(written);
        } catch (IllegalArgumentException e) {
            unsayable(String.valueOf(e.getMessage()));
        }
    }

    private void send(Packer.Packed message) {
        outbox.send(message.bytes(), message.text());
    }

    private void unsayable(String reason) {
        if (closing.compareAndSet(false, true)) {
            packer.pack(List.of(new Frame.Refused(reason)), text).forEach(this::send);
            leave(reason, reason);
        }
    }

    private void send(ByteBuffer message, boolean asText, Runnable sent) {
        if (ended.get()) {
            return;
        }
        line.send(message, asText, failure -> {
            if (failure == null) {
                sent.run();
            } else {
                broken("nothing can be sent any more: " + Words.failure(failure));
            }
        });
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            leave("closed here", "");
        }
    }

    /**
     * Says goodbye after what is being written.
     *
     * @param reason for this end
     * @param said for the other end
     */
    private void leave(String reason, String said) {
        farewell = reason;
        outbox.run(() -> threads.execute(() -> line.close(said)));
        threads.after(Limits.FAREWELL, () -> broken(reason));
    }

    /** The line has been opened. */
    void opened() {
        listening(() -> listener.opened(this));
    }

    /** The other end sent these bytes. */
    void read(ByteBuffer bytes) {
        listening(() -> {
            if (!closing.get()) {
                reader.read(bytes, this);
            }
        });
        bytes.position(bytes.limit());
    }

    /** The other end sent text, and so prefers it. */
    void readText(CharSequence characters) {
        text = true;
        read(ByteBuffer.wrap(characters.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The line is closed, or has to be. Idempotent. */
    void broken(String reason) {
        if (ended.compareAndSet(false, true)) {
            closing.set(true);
            line.cut();
            String own = farewell;
            threads.execute(() -> tellEnd(own == null ? reason : own));
        }
    }

    private void tellEnd(String reason) {
        turn.lock();
        try {
            listener.closed(reason);
        } catch (RuntimeException e) {
            LOG.error("The end of the link to {} was not taken note of. Please report it.", remote(), e);
        } finally {
            turn.unlock();
            end.complete(null);
        }
    }

    /** Completes when the listener has been told of the end. */
    CompletableFuture<Void> end() {
        return end;
    }

    private void listening(Runnable call) {
        turn.lock();
        try {
            if (!ended.get()) {
                call.run();
            }
        } catch (RuntimeException e) {
            LOG.error("The link to {} is closed because of a fault in this library. Please report it.", remote(), e);
            broken("a fault here: " + e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void received(Frame frame) {
        listener.received(frame);
    }

    @Override
    public void malformed(Cause cause, String reason) {
        listener.malformed(cause, reason);
    }

    @Override
    public void reply(StompFrame frame) throws BadInputException {
        if (outbox.replies() >= Limits.WAITING_REPLIES) {
            throw new BadInputException(
                    Cause.TOO_MANY,
                    "It asks for receipts and reads none: " + Limits.WAITING_REPLIES + " of them wait.");
        }
        Packer.Packed message = packer.pack(frame, text);
        outbox.reply(message.bytes(), message.text());
    }

    @Override
    public void beat(Duration interval) {
        // Somewhat early, as the way there takes time
        threads.after(interval.multipliedBy(4).dividedBy(5), () -> {
            if (!ended.get()) {
                if (outbox.replies() == 0) {
                    outbox.reply(ByteBuffer.wrap(END_OF_LINE), text);
                }
                beat(interval);
            }
        });
    }

    @Override
    public void goodbye() {
        if (closing.compareAndSet(false, true)) {
            leave("the other end took its leave", "");
        }
    }
}
