package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.peer.PeerMessage.Refused;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.peer.PeerMessage.State;
import io.coordination.peer.PeerMessage.Wanted;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages of every kind that may be sent, from typical values to the extremes; a seed decides. */
final class RandomMessages {

    /** Of one, two, three and four bytes in UTF-8, and the one that stands for what cannot be read. */
    private static final int[] CHARACTERS = {'a', 'Z', '-', ' ', 'é', 'ß', '界', 0xFFFD, 0xFFFF, 0x1F511, 0x10FFFF};

    private final SplittableRandom random;
    private final ProcessId from;
    private final List<Supplier<PeerMessage>> kinds = List.of(
            this::ask,
            this::free,
            this::grant,
            this::queued,
            this::stale,
            this::wanted,
            this::read,
            this::state,
            this::refused);

    RandomMessages(long seed) {
        this.random = new SplittableRandom(seed);
        this.from = process();
    }

    int kinds() {
        return kinds.size();
    }

    Envelope next() {
        return next(random.nextInt(kinds.size()));
    }

    Envelope next(int kind) {
        long incarnation = random.nextInt(3) == 0 ? Envelope.ANY : natural(Long.MAX_VALUE);
        return new Envelope(
                from, "here", incarnation, random.nextLong(), kinds.get(kind).get());
    }

    private Ask ask() {
        Ticket ticket = new Ticket(any(), from);
        return new Ask(resource(), moment(), ticket, base(), duration(), coin(), coin());
    }

    private Free free() {
        return new Free(resource(), moment(), coin() ? process().nodeId() : null);
    }

    private Grant grant() {
        return new Grant(resource(), moment(), standing(), base(), coin());
    }

    private Queued queued() {
        return new Queued(resource(), moment(), standing(), duration(), processOrNobody(), coin());
    }

    private Stale stale() {
        return new Stale(resource(), moment(), standing());
    }

    private Wanted wanted() {
        return new Wanted(resource(), moment(), standing(), ticket());
    }

    private Read read() {
        return new Read(natural(Long.MAX_VALUE));
    }

    private State state() {
        int parts = 1 + (int) natural(StateParts.MOST - 1);
        List<KnownLease> leases = new ArrayList<>();
        for (int left = random.nextInt(12); left > 0; left--) {
            leases.add(lease());
        }
        return new State(
                natural(Long.MAX_VALUE),
                standing(),
                coin(),
                coin() ? incarnations() : null,
                (int) natural(parts - 1),
                parts,
                leases);
    }

    private Refused refused() {
        return new Refused(text(0, coin() ? 80 : MessageCodecs.LONGEST_REASON));
    }

    private KnownLease lease() {
        ProcessId owner = processOrNobody();
        Ticket ticket = owner != null && coin() ? new Ticket(any(), owner) : ticket();
        return new KnownLease(resource(), owner, moment(), ticket, duration());
    }

    private Resource resource() {
        int name = 1 + (int) natural(Resource.LONGEST - 1);
        return Resource.of(text(1, name), text(0, Resource.LONGEST - name));
    }

    private @Nullable ProcessId processOrNobody() {
        return coin() ? process() : null;
    }

    private ProcessId process() {
        return from != null && random.nextInt(4) == 0
                ? from
                : new ProcessId(text(1, ProcessId.LONGEST_NODE_ID), natural(Long.MAX_VALUE));
    }

    private Ticket ticket() {
        return new Ticket(any(), process());
    }

    private Moment moment() {
        return new Moment(natural(Long.MAX_VALUE), any());
    }

    private Standing standing() {
        return new Standing(incarnations(), base());
    }

    private Map<String, Long> incarnations() {
        Map<String, Long> incarnations = new HashMap<>();
        for (int left = (int) natural(PeerGroup.MOST_VOTERS); left > 0; left--) {
            incarnations.put(process().nodeId(), natural(Long.MAX_VALUE));
        }
        return incarnations;
    }

    private long base() {
        return natural(MessageWriter.MOST_BASE);
    }

    private Duration duration() {
        return Duration.ofNanos(natural(MessageWriter.LONGEST_DURATION.toNanos()));
    }

    /** Of all lengths in bits, and often the least or the most. */
    private long natural(long most) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return 0;
        }
        return kind == 1 ? most : Math.min(most, random.nextLong() >>> 1 + random.nextInt(63));
    }

    private long any() {
        return coin() ? natural(Long.MAX_VALUE) : -1 - natural(Long.MAX_VALUE);
    }

    private boolean coin() {
        return random.nextBoolean();
    }

    /** Begins with a character that can be seen, if it has to have one. */
    private String text(int least, int most) {
        int length = least + (int) natural(most - least);
        StringBuilder text = new StringBuilder(least == 0 ? "" : "x");
        while (text.length() < length) {
            int character = CHARACTERS[random.nextInt(CHARACTERS.length)];
            text.appendCodePoint(text.length() + Character.charCount(character) > length ? 'y' : character);
        }
        return text.toString();
    }
}
