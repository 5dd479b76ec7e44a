package io.coordination.spring.lock;

import io.coordination.CoordinationException;
import io.coordination.lock.Resource;
import java.lang.reflect.Method;

/**
 * Thrown when a thread is interrupted while it waits for the lock of a method that does not declare {@link
 * InterruptedException}. The method did not run, nothing is held, and the interrupt flag of the thread is set.
 */
public final class LockWaitInterruptedException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    LockWaitInterruptedException(Resource resource, Method method, InterruptedException cause) {
        super(
                "The thread was interrupted while it waited for the lock " + resource + ", so "
                        + method.getDeclaringClass().getSimpleName() + "." + method.getName()
                        + " was not run. Declare InterruptedException on the method to get that instead.",
                cause);
    }
}
