package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.time.Moment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All other nodes: those of the list, for ever, and those that dialed, until they are gone. Pure. Not safe for several threads.
 */
final class Neighbours {

    /** The most nodes that are not in the list. */
    static final int MOST_UNLISTED = 1_024;

    private final String self;
    private final LinkTimes times;
    private final Consumer<? super MemberChange> news;
    private final Map<String, Neighbour> all = new TreeMap<>();
    private final int listed;

    /**
     * @param dialsAll whether nobody can dial this process
     * @param news is told of each change
     */
    Neighbours(
            String self,
            Map<String, URI> members,
            boolean dialsAll,
            LinkTimes times,
            Consumer<? super MemberChange> news,
            Moment now) {
        this.self = self;
        this.times = times;
        this.news = news;
        members.forEach((node, address) -> {
            if (!node.equals(self)) {
                // One link for each pair: both ends agree on who opens it.
                boolean dialed = dialsAll || self.compareTo(node) < 0;
                all.put(node, new Neighbour(node, address, dialed, now));
            }
        });
        this.listed = all.size();
    }

    /**
     * Makes this the link to a node.
     *
     * @return the link whose place it takes; null if there was none
     * @throws LinkRefusedException if it is to be closed instead
     */
    @Nullable
    LinkEnd admit(ProcessId process, LinkEnd end, Moment now) throws LinkRefusedException {
        Neighbour neighbour = all.get(process.nodeId());
        if (neighbour == null) {
            if (all.size() - listed >= MOST_UNLISTED) {
                throw new LinkRefusedException(
                        Cause.TOO_MANY, self + " is linked with " + MOST_UNLISTED + " workers, and takes no more.");
            }
            neighbour = new Neighbour(process.nodeId(), null, false, now);
            all.put(process.nodeId(), neighbour);
        }
        LinkEnd former = neighbour.link;
        if (former != null) {
            requireBetter(process, end, former, now);
        }
        Member before = neighbour.member(null);
        neighbour.linked(end, process);
        neighbour.state = MemberState.UP;
        tell(neighbour, before);
        return former;
    }

    /** The link has ended; says which node it belonged to, if it still did. */
    void ended(LinkEnd end, String reason, boolean said, Moment now) {
        for (Neighbour neighbour : all.values()) {
            if (neighbour.link == end) {
                Member before = neighbour.member(null);
                neighbour.unlinked(reason, said, now);
                neighbour.retry(times, self, now);
                neighbour.state = neighbour.judge(times, 0, now);
                tell(neighbour, before);
                forgetIfGone(neighbour);
                return;
            }
        }
    }

    /** What was dialed for this node is up. */
    void dialed(String node) {
        Objects.requireNonNull(all.get(node)).dialed();
    }

    /** What was dialed for this node is over; says whether the reason is news. */
    boolean dialed(String node, String problem, Moment now) {
        Neighbour neighbour = Objects.requireNonNull(all.get(node));
        neighbour.dialed();
        if (neighbour.link != null) {
            return false;
        }
        boolean isNews = !problem.equals(neighbour.problem);
        neighbour.problem = problem;
        neighbour.retry(times, self, now);
        return isNews;
    }

    /** Judges all anew, and answers who is to be dialed now. */
    List<Neighbour> tick(Moment now) {
        List<Neighbour> toDial = new ArrayList<>();
        for (Neighbour neighbour : List.copyOf(all.values())) {
            Member before = neighbour.member(null);
            LinkEnd link = neighbour.link;
            neighbour.state = neighbour.judge(times, link == null ? 0 : link.lastHeard(), now);
            tell(neighbour, before);
            forgetIfGone(neighbour);
            if (neighbour.isToBeDialed(now)) {
                neighbour.dialing();
                toDial.add(neighbour);
            }
        }
        return toDial;
    }

    long due() {
        return all.values().stream().mapToLong(Neighbour::due).min().orElse(Long.MAX_VALUE);
    }

    @Nullable
    LinkEnd link(String node) {
        Neighbour neighbour = all.get(node);
        return neighbour == null ? null : neighbour.link;
    }

    List<Neighbour> all() {
        return List.copyOf(all.values());
    }

    /**
     * The same process may link again: its former link is dead, it only does not show yet here. Another process of the node
     * may only when the one before does not answer any more.
     */
    private void requireBetter(ProcessId process, LinkEnd end, LinkEnd former, Moment now) throws LinkRefusedException {
        if (!process.equals(former.process())) {
            if (now.nanos() - former.lastHeard() < times.suspect().toNanos()) {
                throw new LinkRefusedException(
                        Cause.IDENTITY,
                        "another process of node " + process.nodeId() + ", " + former.process()
                                + ", is linked and answers. Stop one of the two, or give them different"
                                + " coordination.node-id.");
            }
        } else if (end.role() != former.role() && dialer(end, process).compareTo(dialer(former, process)) > 0) {
            // Both ends have dialed. They agree, without asking, on the link that stays.
            throw new LinkRefusedException(Cause.IDENTITY, process + " is linked already.");
        }
    }

    private String dialer(LinkEnd end, ProcessId other) {
        return end.role() == Role.DIALER ? self : other.nodeId();
    }

    private void forgetIfGone(Neighbour neighbour) {
        if (neighbour.address == null && neighbour.link == null && neighbour.state == MemberState.GONE) {
            all.remove(neighbour.node);
        }
    }

    private void tell(Neighbour neighbour, Member before) {
        Member now = neighbour.member(null);
        if (now.state() != before.state() || !Objects.equals(now.process(), before.process())) {
            news.accept(new MemberChange(before, now));
        }
    }
}
