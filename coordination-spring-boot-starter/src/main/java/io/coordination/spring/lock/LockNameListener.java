package io.coordination.spring.lock;

/**
 * Learns the names of the locks that annotated methods use, before the first call: one call for each name, at start-up, on
 * the thread that starts the application. Every bean of this type is called; what it throws stops the application.
 */
@FunctionalInterface
public interface LockNameListener {

    /** There is a method under the lock of this name. */
    void lockNamed(String name);
}
