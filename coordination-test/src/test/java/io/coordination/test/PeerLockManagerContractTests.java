package io.coordination.test;

import java.time.Duration;

class PeerLockManagerContractTests extends LockManagerContract {

    @Override
    protected StoreUnderTest newStore() {
        return new SimulatedPeers(Duration.ofSeconds(10));
    }
}
