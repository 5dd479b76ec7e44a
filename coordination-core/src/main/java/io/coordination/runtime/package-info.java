/** The only place that has clocks and threads: the system's time, its timer, and the thread that calls. */
@NullMarked
package io.coordination.runtime;

import org.jspecify.annotations.NullMarked;
