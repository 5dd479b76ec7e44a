package io.coordination.test.simulation;

import org.jspecify.annotations.Nullable;

/** Which process runs on a node now. */
@FunctionalInterface
interface Nodes {

    @Nullable
    SimulatedProcess running(String node);
}
