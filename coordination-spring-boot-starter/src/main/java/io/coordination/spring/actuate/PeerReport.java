package io.coordination.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.coordination.channel.Member;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other instances, as the endpoint shows them. Its JSON is API, as that of {@link CoordinationReport}.
 *
 * @param cluster only instances of the same cluster talk to each other
 * @param state what this instance may do: {@code ready}; {@code recovering}, its vote does not count yet; {@code superseded}, a newer
 *     process of its node runs; absent if another store arbitrates
 * @param voters node ids of those whose majority grants
 * @param members the other instances
 * @param refusals why voters do not listen to this one, by node id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PeerReport(
        String cluster,
        @Nullable String state,
        List<String> voters,
        List<MemberRow> members,
        Map<String, String> refusals) {

    /**
     * Another instance.
     *
     * @param process node id and incarnation of the process that was linked last; absent if none was
     * @param state {@code up}, {@code suspected} or {@code gone}
     * @param address where it is dialed; absent for one that dials
     * @param roundTrip of the last ping
     * @param clockDifference how far its clock is ahead, give or take half a round trip
     * @param sameGroup whether it has the same voters and times; absent while that is unknown
     * @param problem why it is not linked; absent while it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MemberRow(
            String node,
            @Nullable String process,
            String state,
            @Nullable URI address,
            @Nullable Duration roundTrip,
            @Nullable Duration clockDifference,
            @Nullable Boolean sameGroup,
            @Nullable String problem) {

        static MemberRow of(Member member) {
            return new MemberRow(
                    member.node(),
                    member.process() == null ? null : member.process().toString(),
                    member.state().name().toLowerCase(Locale.ROOT),
                    member.address(),
                    member.roundTrip(),
                    member.clockDifference(),
                    member.sameGroup(),
                    member.problem());
        }
    }
}
