/** Links between instances as STOMP 1.2 over WebSocket. Begin reading at {@code StompTransport}; what goes over the wire is in {@code docs/wire.md}. */
@NullMarked
package io.coordination.stomp;

import org.jspecify.annotations.NullMarked;
