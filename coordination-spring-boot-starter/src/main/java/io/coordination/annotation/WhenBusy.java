package io.coordination.annotation;

/** What happens to the call of a method whose lock is not obtained because others hold it. */
public enum WhenBusy {
    /** The call ends with {@link io.coordination.lock.LockNotAcquiredException}. */
    FAIL,
    /** The method is not run; the call ends without a result. */
    SKIP
}
