package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever comes is read as a message that has exactly these bytes, or refused in words; nothing else happens. */
class PeerWireFuzzTests {

    /** More with {@code -Dwire.inputs}, from another {@code -Dwire.seed}. */
    private static final int INPUTS = Integer.getInteger("wire.inputs", 100_000);

    private static final long SEED = Long.getLong("wire.seed", 1);

    /** Of objects for each byte that came: a lease of nine bytes is seven objects. */
    private static final long MOST_ALLOCATED_PER_BYTE = 64;

    private static final long MOST_ALLOCATED_APART = 16 * 1024;

    @Test
    void damagedMessagesAreReadOrRefused() {
        Damage damage = new Damage(SEED);
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            Envelope sent = damage.message();
            read += isRead(sent.from(), damage.damaged(sent), i) ? 1 : 0;
        }
        System.out.printf("wire: %,d damaged messages, of which %,d are messages%n", INPUTS, read);
        assertThat(read).as("some damage is not noticed").isGreaterThan(INPUTS / 100);
        assertThat(INPUTS - read).as("most damage is").isGreaterThan(INPUTS / 2);
    }

    @Test
    void nastyInputsAreRefusedForTheirReason() {
        for (Map.Entry<String, Body> nasty : WireLines.of("wire-nasty.txt").entrySet()) {
            String[] nameAndReason = nasty.getKey().split(" -> ", 2);
            assertThat(refusal(nasty.getValue())).as(nasty.getKey()).contains(nameAndReason[1]);
        }
    }

    @Test
    void whatIsAllocatedIsBoundedByTheBytesThatCame() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, Body> inputs = WireLines.of("wire-nasty.txt");
        // Classes are loaded by then.
        inputs.values().forEach(PeerWireFuzzTests::refusal);
        inputs.forEach((name, body) -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            refusal(body);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(name)
                    .isLessThan(MOST_ALLOCATED_APART + MOST_ALLOCATED_PER_BYTE * body.length());
        });
    }

    private static String refusal(Body body) {
        try {
            return fail("It was read: " + PeerWire.decode(WireSamples.BOX_A, "box-b", body));
        } catch (MalformedMessageException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static boolean isRead(ProcessId from, Body body, int input) {
        try {
            Envelope read = PeerWire.decode(from, "here", body);
            if (!PeerWire.encode(read).equals(body)) {
                fail("Input %d of seed %d: %s is read as %s, which is written as %s"
                        .formatted(input, SEED, WireLines.hex(body), read, WireLines.hex(PeerWire.encode(read))));
            }
            return true;
        } catch (MalformedMessageException refused) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError wrong) {
            return fail("Input %d of seed %d: %s".formatted(input, SEED, WireLines.hex(body)), wrong);
        }
    }
}
