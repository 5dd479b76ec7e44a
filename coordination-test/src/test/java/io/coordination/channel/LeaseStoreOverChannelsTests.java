package io.coordination.channel;

import io.coordination.test.LeaseStoreContract;
import io.coordination.test.StoreUnderTest;

/** The contract of stores, over links. */
class LeaseStoreOverChannelsTests extends LeaseStoreContract {

    @Override
    protected StoreUnderTest newStore() {
        return new ChannelPeers();
    }
}
