package io.coordination.test.simulation;

import io.coordination.peer.Envelope;
import org.jspecify.annotations.Nullable;

/** Which process a message reaches; null if none runs. */
@FunctionalInterface
interface Nodes {

    @Nullable
    SimulatedProcess addressed(Envelope envelope);
}
