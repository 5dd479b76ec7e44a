/**
 * Leases granted by a majority of voters that talk to each other: the protocol as pure state machines, and the store that
 * runs them.
 */
@NullMarked
package io.coordination.peer;

import org.jspecify.annotations.NullMarked;
