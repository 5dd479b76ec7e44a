package io.coordination.lock;

import io.coordination.ProcessId;
import io.coordination.runtime.Callbacks;
import io.coordination.runtime.SystemScheduler;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.time.HybridClock;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link DistributedLockManager} together. Without settings: a store in this JVM, the clocks of this machine, a timer
 * thread that exists only while it is needed. Not safe for several threads.
 */
public final class LockManagerBuilder {

    private String nodeId = "local";
    private TimeSource timeSource = new SystemTimeSource();
    private Executor executor = Callbacks.defaultExecutor();
    private LockOptions defaultOptions = LockOptions.defaults();
    private Map<String, LockOptions> namedOptions = Map.of();
    private int maximumWaiting = 10_000;
    private int maximumResources = 100_000;
    private final List<LockObserver> observers = new ArrayList<>();
    private HybridClock clock = new HybridClock();
    private @Nullable ProcessId process;
    private @Nullable LeaseStore store;
    private @Nullable WakeUps wakeUps;
    private @Nullable Scheduler scheduler;

    /** The name of this instance; managers that share a store need different ones. */
    public LockManagerBuilder nodeId(String value) {
        nodeId = Objects.requireNonNull(value, "nodeId");
        return this;
    }

    /** The process the manager belongs to, where that is known already; else it is made of the node id and the clock. */
    public LockManagerBuilder process(ProcessId value) {
        process = Objects.requireNonNull(value, "process");
        return this;
    }

    /** Where tickets are drawn from; to be given where the store draws token bases in the same process. */
    public LockManagerBuilder clock(HybridClock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** What arbitrates. If it is also {@link WakeUps} and no others are given, these are used. */
    public LockManagerBuilder store(LeaseStore value) {
        store = Objects.requireNonNull(value, "store");
        return this;
    }

    /** Where hints come from that a resource may be free. */
    public LockManagerBuilder wakeUps(WakeUps value) {
        wakeUps = Objects.requireNonNull(value, "wakeUps");
        return this;
    }

    /** The clocks; a given {@link #scheduler} must use the same. */
    public LockManagerBuilder timeSource(TimeSource value) {
        timeSource = Objects.requireNonNull(value, "timeSource");
        return this;
    }

    /** The timer. One that is given is not closed with the manager. */
    public LockManagerBuilder scheduler(Scheduler value) {
        scheduler = Objects.requireNonNull(value, "scheduler");
        return this;
    }

    /** Where callbacks of users run: listeners for losses, and stages that depend on a lease. */
    public LockManagerBuilder executor(Executor value) {
        executor = Objects.requireNonNull(value, "executor");
        return this;
    }

    /** What is used for resources of names without options of their own where none are given. */
    public LockManagerBuilder defaultOptions(LockOptions value) {
        defaultOptions = Objects.requireNonNull(value, "defaultOptions");
        return this;
    }

    /** What is used for resources of these names where no options are given. */
    public LockManagerBuilder namedOptions(Map<String, LockOptions> value) {
        namedOptions = Map.copyOf(value);
        return this;
    }

    /** Adds one observer; may be called several times. */
    public LockManagerBuilder observer(LockObserver value) {
        observers.add(Objects.requireNonNull(value, "observer"));
        return this;
    }

    /** How many acquisitions may be unsettled at once; further ones are refused. Default 10,000. */
    public LockManagerBuilder maximumWaiting(int value) {
        maximumWaiting = requirePositive("maximumWaiting", value);
        return this;
    }

    /** How many resources may be held or waited for at once; acquisitions beyond are refused. Default 100,000. */
    public LockManagerBuilder maximumResources(int value) {
        maximumResources = requirePositive("maximumResources", value);
        return this;
    }

    /** A new manager. */
    public DistributedLockManager build() {
        LeaseStore arbiter = store != null ? store : new LocalLeaseStore(timeSource);
        if (wakeUps == null && arbiter instanceof WakeUps own) {
            wakeUps = own;
        }
        store = arbiter;
        ProcessId self = process != null
                ? process
                : new ProcessId(nodeId, timeSource.now().micros());
        return new StripedLockManager(this, new Tickets(self, clock));
    }

    TimeSource timeSource() {
        return timeSource;
    }

    Executor executor() {
        return executor;
    }

    LockOptions defaultOptions() {
        return defaultOptions;
    }

    Map<String, LockOptions> namedOptions() {
        return namedOptions;
    }

    List<LockObserver> observers() {
        return observers;
    }

    int maximumWaiting() {
        return maximumWaiting;
    }

    int maximumResources() {
        return maximumResources;
    }

    LeaseStore store() {
        return Objects.requireNonNull(store);
    }

    @Nullable
    WakeUps wakeUps() {
        return wakeUps;
    }

    @Nullable
    Scheduler givenScheduler() {
        return scheduler;
    }

    Scheduler newScheduler() {
        return new SystemScheduler(timeSource);
    }

    private static int requirePositive(String what, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is positive, but was " + value + ".");
        }
        return value;
    }
}
