package io.coordination.channel;

import io.coordination.ProcessId;
import org.jspecify.annotations.Nullable;

/** What a link tells whoever has it, in the middle of a step. */
interface LinkOwner {

    /**
     * Both ends have shown that they belong together.
     *
     * @throws LinkRefusedException if this process is linked with another process of that node
     */
    void admit(ProcessId process, Role role) throws LinkRefusedException;

    /** Messages can be sent. */
    void up();

    void message(Frame.Message message);

    /**
     * It is over.
     *
     * @param cause null if nothing was wrong with what the other end said
     * @param said whether one of the ends said that it goes
     */
    void ended(@Nullable Cause cause, String reason, boolean said);
}
