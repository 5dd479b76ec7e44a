package io.coordination.channel;

import io.coordination.test.ChannelContract;
import io.coordination.test.ChannelsUnderTest;

class SimulatedChannelTests extends ChannelContract {

    @Override
    protected ChannelsUnderTest newNetwork() {
        return new SimulatedChannels();
    }
}
