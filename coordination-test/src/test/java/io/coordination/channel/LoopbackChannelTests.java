package io.coordination.channel;

import io.coordination.runtime.SystemScheduler;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.test.ChannelContract;
import io.coordination.test.ChannelsUnderTest;
import io.coordination.test.InMemoryNetwork;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The contract in real time, with links whose steps several threads take. */
class LoopbackChannelTests extends ChannelContract {

    @Override
    protected ChannelsUnderTest newNetwork() {
        SystemTimeSource time = new SystemTimeSource();
        SystemScheduler wire = new SystemScheduler(time);
        SystemScheduler timer = new SystemScheduler(time);
        InMemoryNetwork network = new InMemoryNetwork(time, wire, Duration.ZERO, 1_000_000_000);
        return new ChannelsUnderTest() {
            @Override
            public URI address(String node) {
                return InMemoryNetwork.address(node);
            }

            @Override
            public Transport transport(String node) {
                return network.transport(node);
            }

            @Override
            public TimeSource time() {
                return time;
            }

            @Override
            public Scheduler scheduler() {
                return timer;
            }

            @Override
            public void await(String what, BooleanSupplier condition) {
                while (!condition.getAsBoolean()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }

            @Override
            public void breakPipes(String node) {
                network.breakPipes(node);
            }

            @Override
            public void close() {
                wire.close();
                timer.close();
            }
        };
    }
}
