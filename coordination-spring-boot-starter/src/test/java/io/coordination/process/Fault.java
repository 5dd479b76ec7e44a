package io.coordination.process;

import java.util.List;
import java.util.Random;

/** Something that goes wrong for a while. */
enum Fault {
    KILL {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.child(node).kill();
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.start(node);
        }
    },
    RESTART {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.child(node).terminate();
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.start(node);
        }
    },
    STOP {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.child(node).stop();
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.child(node).goOn();
        }
    },
    /** What was lost with its process while it was stopped is not reported. */
    STOP_AND_KILL {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.child(node).stop();
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.child(node).kill();
            cluster.start(node);
        }
    },
    CUT {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.wires().cut(node, another(node, random));
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.wires().heal();
        }
    },
    /** One way only. */
    DEAF {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.wires().silence(another(node, random), node);
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.wires().heal();
        }
    },
    BLACK_HOLE {
        @Override
        void begin(Cluster cluster, String node, Random random) {
            cluster.wires().silence(node);
        }

        @Override
        void end(Cluster cluster, String node) {
            cluster.wires().heal();
        }
    };

    abstract void begin(Cluster cluster, String node, Random random);

    /** Afterwards the node runs, and can be reached, or is about to. */
    abstract void end(Cluster cluster, String node);

    private static String another(String node, Random random) {
        List<String> others =
                Cluster.NODES.stream().filter(other -> !other.equals(node)).toList();
        return others.get(random.nextInt(others.size()));
    }
}
