package io.coordination.spring.actuate;

import io.coordination.channel.Channel;
import io.coordination.channel.Member;
import io.coordination.channel.MemberState;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How this instance stands with the others. Safe for any thread; nothing is asked of the others. */
public final class PeerStatus {

    private final String node;
    private final String cluster;
    private final PeerGroup group;
    private final Channel channel;
    private final @Nullable PeerLeaseStore store;
    private final boolean keepsTokens;

    /**
     * @param store null if the instances do not arbitrate
     * @param keepsTokens whether the bound of its tokens survives a restart on disk
     */
    public PeerStatus(
            String node,
            String cluster,
            PeerGroup group,
            Channel channel,
            @Nullable PeerLeaseStore store,
            boolean keepsTokens) {
        this.node = node;
        this.cluster = cluster;
        this.group = group;
        this.channel = channel;
        this.store = store;
        this.keepsTokens = keepsTokens;
    }

    PeerReport report() {
        return new PeerReport(
                cluster,
                store == null ? null : store.state().name().toLowerCase(Locale.ROOT),
                group.voters(),
                channel.members().stream().map(PeerReport.MemberRow::of).toList(),
                store == null ? Map.of() : store.refusals());
    }

    /** What it may do; ready where others arbitrate. */
    PeerState state() {
        return store == null ? PeerState.READY : store.state();
    }

    /** How many voters can be asked, this one included if it has a vote. */
    int votersUp() {
        List<String> up = channel.members().stream()
                .filter(member -> member.state() == MemberState.UP)
                .map(Member::node)
                .toList();
        return (int) group.voters().stream()
                .filter(voter -> voter.equals(node) || up.contains(voter))
                .count();
    }

    boolean hasQuorum() {
        return store == null || votersUp() >= group.quorum();
    }

    int voters() {
        return group.voters().size();
    }

    /** What keeps tokens rising across a restart of all voters. */
    String tokensRiseBy() {
        return keepsTokens ? "data directory" : "wall clocks";
    }
}
