package io.coordination.stomp;

/** Where other instances dial in. */
interface Hub {

    /** The port it is bound to. */
    int port();

    /** Closes all pipes and takes no more. */
    void close();
}
