package io.coordination.channel;

/** Which of two queues of a link a message takes. */
public enum Lane {
    /** Small and urgent, such as votes and pings. Goes before all data that waits. */
    CONTROL,
    /** Everything else. Only so much is under way at a time that control is never behind much of it. */
    DATA
}
