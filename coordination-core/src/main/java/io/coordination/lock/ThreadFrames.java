package io.coordination.lock;

import io.coordination.runtime.RunningBody;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open frames of each thread, innermost first. They carry the right to re-enter. */
final class ThreadFrames {

    private final ThreadLocal<@Nullable Frame> innermost = new ThreadLocal<>();

    LeaseFrame push(LeaseHandle lease) {
        Frame frame = new Frame(lease, innermost.get());
        innermost.set(frame);
        return frame;
    }

    @Nullable
    Lease innermost() {
        Frame frame = innermost.get();
        return frame == null ? null : frame.lease;
    }

    void ensureHeld() {
        for (Frame frame = innermost.get(); frame != null; frame = frame.outer) {
            if (!frame.lease.isClosed()) {
                frame.lease.ensureHeld();
            }
        }
    }

    /** Another handle on what an open frame of this thread holds on the resource; null if none does. */
    @Nullable
    Lease reenter(Resource resource) {
        Objects.requireNonNull(resource, "resource");
        for (Frame frame = innermost.get(); frame != null; frame = frame.outer) {
            if (!frame.lease.isClosed() && frame.lease.resource().equals(resource)) {
                return frame.lease.reenter();
            }
        }
        return null;
    }

    private void remove(Frame frame) {
        Frame inner = innermost.get();
        if (inner == frame) {
            // Set to nothing rather than removed: the next frame of this thread finds its place again.
            innermost.set(frame.outer);
            return;
        }
        while (inner != null && inner.outer != frame) {
            inner = inner.outer;
        }
        if (inner != null) {
            inner.outer = frame.outer;
        }
    }

    private final class Frame implements LeaseFrame {

        final LeaseHandle lease;
        final RunningBody body = new RunningBody();
        final @Nullable Consumer<LeaseLoss> interrupter;

        @Nullable
        Frame outer;

        private boolean closed;

        Frame(LeaseHandle lease, @Nullable Frame outer) {
            this.lease = lease;
            this.outer = outer;
            if (lease.grant().waiter.options.onLost() == OnLost.INTERRUPT) {
                interrupter = loss -> body.interrupt();
                lease.grant().lossListeners().add(interrupter);
            } else {
                interrupter = null;
            }
        }

        @Override
        public void close() {
            if (!body.isOnCallingThread()) {
                throw new IllegalStateException("A frame is closed on the thread that entered it. The lease itself may"
                        + " be passed to another thread and entered there.");
            }
            if (closed) {
                return;
            }
            closed = true;
            remove(this);
            if (interrupter != null) {
                lease.grant().lossListeners().remove(interrupter);
                body.leave();
            }
            if (lease.state() == LeaseState.LOST) {
                throw new LeaseLostException(
                        Objects.requireNonNull(lease.grant().loss()));
            }
        }
    }
}
