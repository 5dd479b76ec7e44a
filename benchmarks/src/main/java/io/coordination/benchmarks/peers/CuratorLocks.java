package io.coordination.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Curator's mutex on an ensemble of three ZooKeepers in this JVM, which keep their log in memory where that is possible and do not
 * wait for the disk. A client keeps the mutex of each path, as Curator's documentation recommends.
 */
final class CuratorLocks implements Locks {

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path directory;
    private final TestingCluster ensemble;
    private final List<CuratorFramework> instances = new ArrayList<>();

    CuratorLocks() throws Exception {
        System.setProperty("zookeeper.forceSync", "no");
        System.setProperty("zookeeper.admin.enableServer", "false");
        directory = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "zookeeper-")
                : Files.createTempDirectory("zookeeper-");
        List<InstanceSpec> specs = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            File data = Files.createDirectory(directory.resolve("server-" + i)).toFile();
            specs.add(
                    new InstanceSpec(data, FreePorts.find(), FreePorts.find(), FreePorts.find(), true, i + 1, -1, -1));
        }
        ensemble = new TestingCluster(specs);
        ensemble.start();
        for (int i = 0; i < INSTANCES; i++) {
            CuratorFramework instance =
                    CuratorFrameworkFactory.newClient(ensemble.getConnectString(), new RetryOneTime(1_000));
            instance.start();
            instance.blockUntilConnected();
            instances.add(instance);
        }
    }

    @Override
    public Client client(int instance) {
        return new MutexClient(instances.get(instance));
    }

    @Override
    public void close() throws IOException {
        instances.forEach(CuratorFramework::close);
        ensemble.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    private static final class MutexClient implements Client {

        private final CuratorFramework instance;
        private final Map<String, InterProcessMutex> mutexes = new HashMap<>();
        private @Nullable InterProcessMutex held;

        MutexClient(CuratorFramework instance) {
            this.instance = instance;
        }

        @Override
        public void take(String name) throws Exception {
            InterProcessMutex mutex =
                    mutexes.computeIfAbsent(name, path -> new InterProcessMutex(instance, "/locks/" + path));
            mutex.acquire();
            held = mutex;
        }

        @Override
        public void giveBack() throws Exception {
            InterProcessMutex mutex = held;
            if (mutex != null) {
                mutex.release();
            }
        }
    }
}
