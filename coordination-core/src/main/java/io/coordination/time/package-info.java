/** Time as an argument: readings of the clocks, the hybrid clock that orders, and the ports through which time comes in. */
@NullMarked
package io.coordination.time;

import org.jspecify.annotations.NullMarked;
