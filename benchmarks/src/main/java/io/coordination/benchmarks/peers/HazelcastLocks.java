package io.coordination.benchmarks.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map of Hazelcast with three members in this JVM: the owner of a name's partition grants, and a backup is told. */
final class HazelcastLocks implements Locks {

    private final List<HazelcastInstance> instances = new ArrayList<>();

    /** Before each name, so that the last instance owns {@link Contest#NAME}, and the first has to ask. */
    private final String salt;

    HazelcastLocks() throws IOException, InterruptedException {
        System.setProperty("hazelcast.logging.type", "none");
        List<String> members = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            int port = FreePorts.find();
            ports.add(port);
            members.add(RawEcho.loopback() + ":" + port);
        }
        for (int port : ports) {
            instances.add(Hazelcast.newHazelcastInstance(config(port, members)));
        }
        for (HazelcastInstance instance : instances) {
            Patience.until(instance.getPartitionService()::isClusterSafe, "the partitions have moved");
        }
        salt = salt();
    }

    private String salt() {
        HazelcastInstance last = instances.get(INSTANCES - 1);
        int number = 0;
        while (!last.getCluster()
                .getLocalMember()
                .equals(last.getPartitionService()
                        .getPartition(number + Contest.NAME)
                        .getOwner())) {
            number++;
        }
        return Integer.toString(number);
    }

    private static Config config(int port, List<String> members) {
        Config config = new Config();
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(RawEcho.loopback());
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(members);
        config.getMetricsConfig().setEnabled(false);
        return config;
    }

    @Override
    public Client client(int instance) {
        return new MapClient(instances.get(instance), salt);
    }

    @Override
    public void close() {
        instances.forEach(HazelcastInstance::shutdown);
    }

    private static final class MapClient implements Client {

        private final IMap<String, String> map;
        private final String salt;
        private @Nullable String held;

        MapClient(HazelcastInstance instance, String salt) {
            this.salt = salt;
            this.map = instance.getMap("locks");
        }

        @Override
        public void take(String name) {
            held = salt + name;
            map.lock(held);
        }

        @Override
        public void giveBack() {
            String name = held;
            if (name != null) {
                map.unlock(name);
            }
        }
    }
}
