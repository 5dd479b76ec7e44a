package io.coordination.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson's lock, which renews itself, on a Redis without replicas. */
final class RedissonLocks implements Locks {

    private final Redis redis = new Redis();
    private final List<RedissonClient> instances = new ArrayList<>();

    RedissonLocks() throws IOException {
        for (int i = 0; i < INSTANCES; i++) {
            Config config = new Config();
            config.useSingleServer().setAddress("redis://" + RawEcho.loopback() + ":" + redis.port());
            instances.add(Redisson.create(config));
        }
    }

    @Override
    public Client client(int instance) {
        return new LockClient(instances.get(instance)::getLock);
    }

    @Override
    public void close() throws IOException {
        instances.forEach(RedissonClient::shutdown);
        redis.close();
    }
}
