package io.coordination.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;

/** Spring Integration's registry on a Redis without replicas, woken by messages of Redis, as its documentation recommends. */
final class RegistryLocks implements Locks {

    private final Redis redis = new Redis();
    private final List<LettuceConnectionFactory> connections = new ArrayList<>();
    private final List<RedisLockRegistry> instances = new ArrayList<>();

    RegistryLocks() throws IOException {
        for (int i = 0; i < INSTANCES; i++) {
            LettuceConnectionFactory connection = new LettuceConnectionFactory(RawEcho.loopback(), redis.port());
            connection.afterPropertiesSet();
            connection.start();
            connections.add(connection);
            RedisLockRegistry instance = new RedisLockRegistry(connection, "locks");
            instance.setRedisLockType(RedisLockType.PUB_SUB_LOCK);
            instances.add(instance);
        }
    }

    @Override
    public Client client(int instance) {
        return new LockClient(instances.get(instance)::obtain);
    }

    @Override
    public void close() throws IOException {
        instances.forEach(RedisLockRegistry::destroy);
        connections.forEach(LettuceConnectionFactory::destroy);
        redis.close();
    }
}
