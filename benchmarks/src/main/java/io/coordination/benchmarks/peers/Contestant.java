package io.coordination.benchmarks.peers;

/** What is measured side by side. */
enum Contestant {
    LIMIT("one bare WebSocket round trip (limit)", RawEcho::new),
    LEASE("**lease**, majority of three voters", Voters::new),
    CURATOR("Curator `InterProcessMutex`, three ZooKeepers", CuratorLocks::new),
    REDISSON("Redisson `RLock`, one Redis", RedissonLocks::new),
    REGISTRY("`RedisLockRegistry`, one Redis", RegistryLocks::new),
    HAZELCAST("Hazelcast `IMap.lock`, three members", HazelcastLocks::new);

    private interface Start {
        Locks now() throws Exception;
    }

    private final String label;
    private final Start start;

    Contestant(String label, Start start) {
        this.label = label;
        this.start = start;
    }

    String label() {
        return label;
    }

    Locks start() throws Exception {
        return start.now();
    }
}
