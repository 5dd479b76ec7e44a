/** Locks between instances beside those of ZooKeeper, Redis and Hazelcast, and beside a bare round trip. Begin reading at {@code PeersSuite}. */
@NullMarked
package io.coordination.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
