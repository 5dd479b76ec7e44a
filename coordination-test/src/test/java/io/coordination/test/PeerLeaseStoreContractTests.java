package io.coordination.test;

import java.time.Duration;

class PeerLeaseStoreContractTests extends LeaseStoreContract {

    @Override
    protected StoreUnderTest newStore() {
        return new SimulatedPeers(Duration.ofSeconds(60));
    }
}
