package io.coordination.channel;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what happens to links; of each cause of refusals one line in a while, so that nobody can fill the log. */
final class LinkLog {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.channel");

    private static final long QUIET = Duration.ofMinutes(10).toNanos();

    private final Map<Cause, Long> lastWarned = new EnumMap<>(Cause.class);

    /** @param other its node id or address */
    void refused(Cause cause, String other, String reason, Moment now) {
        Long last = lastWarned.get(cause);
        if (last == null || now.nanos() - last >= QUIET) {
            lastWarned.put(cause, now.nanos());
            log.warn(
                    "Refused {}: {} (More refused for {} is counted, and logged at DEBUG for {} minutes.)",
                    other,
                    reason,
                    cause,
                    Duration.ofNanos(QUIET).toMinutes());
        } else {
            log.debug("Refused {}: {}", other, reason);
        }
    }

    void changed(MemberChange change) {
        Member now = change.now();
        if (now.state() == MemberState.UP) {
            log.info("{} is linked", now.process());
        } else if (change.before().state() == MemberState.UP || now.state() == MemberState.GONE) {
            log.info("{} is {}: {}", now.node(), now.state(), now.problem() == null ? "it is silent." : now.problem());
        }
    }

    void noLink(String node, String reason) {
        log.info("No link with {} yet: {}", node, reason);
    }

    void failed(Destination destination, RuntimeException failure) {
        log.error("A receiver of {} failed; the message is lost. Please report this as a bug.", destination, failure);
    }
}
