package io.coordination.benchmarks.peers;

import java.io.Closeable;

/** Locks as {@link #INSTANCES} instances of an application have them. */
interface Locks extends Closeable {

    int INSTANCES = 3;

    /** Of one instance, from 0. */
    Client client(int instance) throws Exception;

    /** Whoever takes a lock and gives it back: one thread at a time. */
    interface Client {

        /** Waits for as long as it takes. */
        void take(String name) throws Exception;

        /** What was taken last, on the same thread. */
        void giveBack() throws Exception;
    }
}
