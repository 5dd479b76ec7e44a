package io.coordination.channel;

import io.coordination.channel.Frame.Acknowledged;
import io.coordination.channel.Frame.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What one end of a link has still to say, in two bounded lanes. Control goes first; of data, so little is under way that what
 * is urgent is never behind much of it, not even in the buffers of the network.
 */
final class Outgoing {

    /** What one frame takes besides its body, roughly. */
    private static final int OVERHEAD = 128;

    private static final int BATCH = 32 << 10;

    private final LinkTimes times;
    private final Queue<Frame> control = new ArrayDeque<>();
    private final Queue<Message> data = new ArrayDeque<>();
    private final Queue<Message> underWay = new ArrayDeque<>();
    private int controlBytes;
    private int dataBytes;
    private int underWayBytes;
    private long lastNumber;
    private long toAcknowledge;
    private long acknowledged;

    Outgoing(LinkTimes times) {
        this.times = times;
    }

    /** What the link itself has to say. Bounded by what it hears and how often it pings. */
    void say(Frame frame) {
        control.add(frame);
        controlBytes += size(frame);
    }

    /** Nothing but this any more. */
    void last(Frame frame) {
        clear();
        say(frame);
    }

    void clear() {
        control.clear();
        controlBytes = 0;
        data.clear();
        dataBytes = 0;
        toAcknowledge = acknowledged;
    }

    /** Says whether there was room. */
    boolean offer(Lane lane, Destination destination, Body body) {
        int size = body.length() + OVERHEAD;
        if (lane == Lane.CONTROL) {
            if (controlBytes + size > times.controlBytes()) {
                return false;
            }
            say(new Message(0, destination, body));
        } else {
            if (dataBytes + size > times.dataBytes()) {
                return false;
            }
            data.add(new Message(++lastNumber, destination, body));
            dataBytes += size;
        }
        return true;
    }

    /** The other end shall know that data up to this number has been taken. */
    void acknowledge(long number) {
        toAcknowledge = number;
    }

    /** The other end has taken data up to this number. Says whether that can be. */
    boolean acknowledgedTo(long number) {
        Message last = null;
        for (Message next = underWay.peek(); next != null && next.number() <= number; next = underWay.peek()) {
            last = underWay.remove();
            underWayBytes -= size(last);
        }
        return last != null && last.number() == number;
    }

    /** What is to be written next, in order; empty if there is nothing, or only data that has to wait. */
    List<Frame> next() {
        List<Frame> batch = new ArrayList<>();
        int bytes = 0;
        if (toAcknowledge > acknowledged) {
            acknowledged = toAcknowledge;
            batch.add(new Acknowledged(acknowledged));
        }
        for (Frame frame = control.peek(); frame != null && fits(frame, bytes); frame = control.peek()) {
            batch.add(control.remove());
            controlBytes -= size(frame);
            bytes += size(frame);
        }
        for (Message message = data.peek();
                message != null && fits(message, bytes) && hasWindow(message);
                message = data.peek()) {
            batch.add(data.remove());
            dataBytes -= size(message);
            bytes += size(message);
            underWay.add(message);
            underWayBytes += size(message);
        }
        return batch;
    }

    int waiting(Lane lane) {
        return lane == Lane.CONTROL ? control.size() : data.size();
    }

    private static boolean fits(Frame frame, int bytes) {
        return bytes == 0 || bytes + size(frame) <= BATCH;
    }

    private boolean hasWindow(Message message) {
        return underWay.isEmpty() || underWayBytes + size(message) <= times.window();
    }

    private static int size(Frame frame) {
        return OVERHEAD + (frame instanceof Message message ? message.body().length() : 0);
    }
}
