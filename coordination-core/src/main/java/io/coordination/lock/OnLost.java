package io.coordination.lock;

/** What a lost lease does to the body that runs under it, beside the callbacks, which always come. */
public enum OnLost {
    /** The body runs on; when it ends, {@link LeaseLostException} is thrown and a transaction under the lock is not committed. */
    REPORT,
    /** As {@link #REPORT}, and the thread of the body is interrupted at once. */
    INTERRUPT
}
