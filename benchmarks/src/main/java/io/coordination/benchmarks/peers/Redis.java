package io.coordination.benchmarks.peers;

import java.io.Closeable;
import java.io.IOException;
import redis.embedded.RedisServer;

/** One Redis of this machine, which keeps nothing on disk. */
final class Redis implements Closeable {

    private final int port = FreePorts.find();
    private final RedisServer server = RedisServer.newRedisServer()
            .port(port)
            .bind(RawEcho.loopback())
            .setting("save \"\"")
            .setting("appendonly no")
            .build();

    Redis() throws IOException {
        server.start();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
